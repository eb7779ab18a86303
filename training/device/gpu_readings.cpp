// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/device/gpu_readings.h"

#include "training/device/shared_library.h"

#include <array>

namespace cw {

namespace {

// From NVIDIA's nvml.h and cuda.h, whose binary interfaces are stable by name (the suffix _v2 is part of it): the types
// and values that the functions below need, and no more.
struct NvmlDevice; // nvmlDevice_t is a pointer to one
struct NvmlMemory {
    unsigned long long total, free, used;
};
struct NvmlUse {
    unsigned gpu, memory; // per cent
};
constexpr int kSuccess = 0;        // NVML_SUCCESS, CUDA_SUCCESS
constexpr int kGpuTemperature = 0; // NVML_TEMPERATURE_GPU
constexpr unsigned kNameBytes = 96; // NVML_DEVICE_NAME_V2_BUFFER_SIZE
constexpr int kBusIdBytes = 32;    // NVML_DEVICE_PCI_BUS_ID_BUFFER_SIZE

// A card's place on the bus, "0000:3B:00.0", by CUDA's number of it. Empty without CUDA's driver library; nothing where
// CUDA has no card of that number.
std::optional<std::string> busIdOf(int device) {
    static const SharedLibrary cuda("libcuda.so.1");
    int (*init)(unsigned) = nullptr;
    int (*deviceOf)(int*, int) = nullptr;
    int (*busId)(char*, int, int) = nullptr;
    if (!cuda.find("cuInit", init) || !cuda.find("cuDeviceGet", deviceOf) || !cuda.find("cuDeviceGetPCIBusId", busId))
        return std::string();
    std::array<char, kBusIdBytes> text{};
    int handle = 0;
    if (init(0) != kSuccess || deviceOf(&handle, device) != kSuccess ||
        busId(text.data(), kBusIdBytes, handle) != kSuccess)
        return std::nullopt;
    return text.data();
}

class Nvml {
public:
    // Loaded once and never closed: the driver's library costs tens of milliseconds to start.
    static const Nvml& instance() {
        static const Nvml nvml;
        return nvml;
    }

    std::optional<GpuReading> read(int device) const {
        NvmlDevice* handle = m_ready ? find(device) : nullptr;
        NvmlMemory memory{};
        if (!handle || m_memory(handle, &memory) != kSuccess)
            return std::nullopt;
        GpuReading reading;
        reading.memoryBytes = static_cast<std::int64_t>(memory.used);
        readRest(handle, reading);
        return reading;
    }

private:
    Nvml() : m_library("libnvidia-ml.so.1") {
        int (*init)() = nullptr;
        m_ready = m_library.find("nvmlInit_v2", init) && m_library.find("nvmlDeviceGetHandleByIndex_v2", m_byIndex) &&
                  m_library.find("nvmlDeviceGetHandleByPciBusId_v2", m_byBusId) &&
                  m_library.find("nvmlDeviceGetMemoryInfo", m_memory) &&
                  m_library.find("nvmlDeviceGetName", m_name) &&
                  m_library.find("nvmlDeviceGetPowerUsage", m_power) &&
                  m_library.find("nvmlDeviceGetUtilizationRates", m_use) &&
                  m_library.find("nvmlDeviceGetTemperature", m_temperature) && init() == kSuccess;
    }

    // The driver counts all cards by their place on the bus, CUDA those that the process may see, the fastest first.
    NvmlDevice* find(int device) const {
        const std::optional<std::string> busId = busIdOf(device);
        if (!busId || device < 0)
            return nullptr;
        NvmlDevice* handle = nullptr;
        const int answer = busId->empty() ? m_byIndex(static_cast<unsigned>(device), &handle)
                                          : m_byBusId(busId->c_str(), &handle);
        return answer == kSuccess ? handle : nullptr;
    }

    // What some cards don't have stays zero.
    void readRest(NvmlDevice* handle, GpuReading& reading) const {
        std::array<char, kNameBytes> name{};
        NvmlUse use{};
        unsigned milliwatts = 0, degrees = 0;
        if (m_name(handle, name.data(), kNameBytes) == kSuccess)
            reading.name = name.data();
        if (m_power(handle, &milliwatts) == kSuccess)
            reading.watts = milliwatts / 1000.0;
        if (m_use(handle, &use) == kSuccess)
            reading.use = use.gpu / 100.0;
        if (m_temperature(handle, kGpuTemperature, &degrees) == kSuccess)
            reading.temperature = degrees;
    }

    SharedLibrary m_library;
    bool m_ready = false;
    int (*m_byIndex)(unsigned, NvmlDevice**) = nullptr;
    int (*m_byBusId)(const char*, NvmlDevice**) = nullptr;
    int (*m_memory)(NvmlDevice*, NvmlMemory*) = nullptr;
    int (*m_name)(NvmlDevice*, char*, unsigned) = nullptr;
    int (*m_power)(NvmlDevice*, unsigned*) = nullptr;
    int (*m_use)(NvmlDevice*, NvmlUse*) = nullptr;
    int (*m_temperature)(NvmlDevice*, int, unsigned*) = nullptr;
};

} // namespace

std::optional<GpuReading> readGpu(int device) {
    return Nvml::instance().read(device);
}

} // namespace cw
