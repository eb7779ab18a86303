// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Stands for libnvidia-ml.so.1 on machines without a GPU: two cards, of which the second has no power sensor. With
// CW_FAKE_NVML=broken it is a driver library whose driver isn't running.
#include <cstdlib>
#include <cstring>

namespace {

struct Card {
    const char* busId;
    const char* name;
    unsigned long long used;
    int power; // milliwatts; -1: not supported
    unsigned use, degrees;
};
Card cards[] = {{"0000:3B:00.0", "Fake H100", 12'345'678'901ull, 345'678, 87, 61},
                {"0000:5E:00.0", "Fake T4", 1'000ull, -1, 0, 30}};
constexpr int kNotFound = 6;     // NVML_ERROR_NOT_FOUND
constexpr int kNotSupported = 3; // NVML_ERROR_NOT_SUPPORTED
constexpr int kNoDriver = 9;     // NVML_ERROR_DRIVER_NOT_LOADED

} // namespace

extern "C" {

int nvmlInit_v2() {
    const char* wish = std::getenv("CW_FAKE_NVML");
    return wish && std::strcmp(wish, "broken") == 0 ? kNoDriver : 0;
}

int nvmlDeviceGetHandleByIndex_v2(unsigned index, Card** card) {
    if (index >= 2)
        return kNotFound;
    *card = &cards[index];
    return 0;
}

int nvmlDeviceGetHandleByPciBusId_v2(const char* busId, Card** card) {
    for (Card& each : cards)
        if (std::strcmp(each.busId, busId) == 0) {
            *card = &each;
            return 0;
        }
    return kNotFound;
}

int nvmlDeviceGetMemoryInfo(Card* card, unsigned long long* totalFreeUsed) {
    totalFreeUsed[0] = 80'000'000'000ull;
    totalFreeUsed[1] = totalFreeUsed[0] - card->used;
    totalFreeUsed[2] = card->used;
    return 0;
}

int nvmlDeviceGetName(Card* card, char* name, unsigned bytes) {
    std::strncpy(name, card->name, bytes - 1);
    return 0;
}

int nvmlDeviceGetPowerUsage(Card* card, unsigned* milliwatts) {
    if (card->power < 0)
        return kNotSupported;
    *milliwatts = static_cast<unsigned>(card->power);
    return 0;
}

int nvmlDeviceGetUtilizationRates(Card* card, unsigned* gpuMemory) {
    gpuMemory[0] = card->use;
    gpuMemory[1] = 12;
    return 0;
}

int nvmlDeviceGetTemperature(Card* card, int sensor, unsigned* degrees) {
    if (sensor != 0)
        return kNotSupported;
    *degrees = card->degrees;
    return 0;
}

} // extern "C"
