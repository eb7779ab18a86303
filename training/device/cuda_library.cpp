// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/device/cuda_library.h"

#include <ATen/Context.h>

#include <filesystem>

namespace cw {

namespace {

constexpr int kSuccess = 0; // NVRTC_SUCCESS, CUDA_SUCCESS

// Python's packages put NVIDIA's libraries beside the torch folder whose lib/ holds LibTorch.
std::filesystem::path besideTorch() {
    Dl_info torch{};
    if (::dladdr(reinterpret_cast<const void*>(&at::globalContext), &torch) == 0)
        return {};
    return std::filesystem::path(torch.dli_fname).parent_path().parent_path().parent_path() / "nvidia";
}

Error missing(const std::string& what) {
    return {ErrorCode::NotFound, "The GPU's fused kernels can't be made: " + what + ".",
            "Training works without them, slower. LibTorch's CUDA wheel, which packaging/setup/torch fetches, brings what is missing."};
}

// NVRTC looks for its built-in headers' library by name alone, and the packages' folder is in no search path: one that is
// open already is found.
void openBuiltins(const void* functionOfNvrtc) {
    Dl_info nvrtc{};
    if (::dladdr(functionOfNvrtc, &nvrtc) == 0)
        return;
    std::error_code ignored;
    for (const auto& file : std::filesystem::directory_iterator(std::filesystem::path(nvrtc.dli_fname).parent_path(), ignored))
        if (file.path().filename().string().starts_with("libnvrtc-builtins.so"))
            SharedLibrary(file.path().c_str());
}

struct NvrtcProgram; // what nvrtcProgram points to

struct Nvrtc {
    static Result<Nvrtc> load() {
        constexpr std::pair<const char*, const char*> kVersions[] = {{"cu13", "libnvrtc.so.13"}, {"cuda_nvrtc", "libnvrtc.so.12"}};
        for (const auto& [folder, name] : kVersions) {
            Nvrtc nvrtc;
            if (!nvrtc.find(cudaPackageLibrary(folder, name)))
                continue;
            openBuiltins(reinterpret_cast<const void*>(nvrtc.create));
            return nvrtc;
        }
        return missing("NVIDIA's compiler NVRTC isn't here");
    }

    Result<std::string> compile(const std::string& source, const std::string& definition, const std::string& architecture) const {
        NvrtcProgram* program = nullptr;
        if (create(&program, source.c_str(), "elementwise.cu", 0, nullptr, nullptr) != kSuccess)
            return missing("NVRTC doesn't start");
        const std::string target = "--gpu-architecture=" + architecture, define = "--define-macro=" + definition;
        const char* options[] = {target.c_str(), define.c_str(), "--std=c++17"};
        std::string code;
        size_t bytes = 0;
        const bool isCompiled = compileProgram(program, 3, options) == kSuccess && codeSize(program, &bytes) == kSuccess;
        if (isCompiled) {
            code.resize(bytes);
            codeOf(program, code.data());
        } else {
            code = log(program);
        }
        destroy(&program);
        return isCompiled ? Result<std::string>(std::move(code)) : missing("NVRTC says for " + architecture + ": " + code);
    }

private:
    bool find(const SharedLibrary& library) {
        return library.find("nvrtcCreateProgram", create) && library.find("nvrtcCompileProgram", compileProgram) &&
               library.find("nvrtcGetCUBINSize", codeSize) && library.find("nvrtcGetCUBIN", codeOf) &&
               library.find("nvrtcGetProgramLogSize", logSize) && library.find("nvrtcGetProgramLog", logOf) &&
               library.find("nvrtcDestroyProgram", destroy);
    }

    std::string log(NvrtcProgram* program) const {
        size_t bytes = 0;
        if (logSize(program, &bytes) != kSuccess || bytes == 0)
            return "nothing";
        std::string text(bytes, '\0');
        logOf(program, text.data());
        text.resize(bytes - 1); // the terminating zero
        return text;
    }

    int (*create)(NvrtcProgram**, const char* source, const char* name, int headers, const char* const*, const char* const*) = nullptr;
    int (*compileProgram)(NvrtcProgram*, int count, const char* const* options) = nullptr;
    int (*codeSize)(NvrtcProgram*, size_t*) = nullptr;
    int (*codeOf)(NvrtcProgram*, char*) = nullptr;
    int (*logSize)(NvrtcProgram*, size_t*) = nullptr;
    int (*logOf)(NvrtcProgram*, char*) = nullptr;
    int (*destroy)(NvrtcProgram**) = nullptr;
};

} // namespace

SharedLibrary cudaPackageLibrary(const char* folder, const char* name) {
    if (SharedLibrary library(name); library)
        return library;
    return SharedLibrary((besideTorch() / folder / "lib" / name).c_str());
}

int cudaCapability(int device) {
    constexpr int kMajor = 75, kMinor = 76; // CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, _MINOR
    const SharedLibrary driver("libcuda.so.1");
    int (*deviceOf)(int*, int) = nullptr;
    int (*attribute)(int*, int, int) = nullptr;
    int handle = 0, major = 0, minor = 0;
    if (!driver.find("cuDeviceGet", deviceOf) || !driver.find("cuDeviceGetAttribute", attribute) ||
        deviceOf(&handle, device) != kSuccess || attribute(&major, kMajor, handle) != kSuccess ||
        attribute(&minor, kMinor, handle) != kSuccess)
        return 0;
    return 10 * major + minor;
}

Result<std::string> compileCuda(const std::string& source, const std::string& definition, const std::string& architecture) {
    CW_TRY_ASSIGN(nvrtc, Nvrtc::load());
    return nvrtc.compile(source, definition, architecture);
}

Result<CudaProgram> CudaProgram::compile(const std::string& source, const std::string& definition, int device) {
    const SharedLibrary driver("libcuda.so.1");
    CudaProgram program;
    int (*load)(CudaModule**, const void*) = nullptr;
    if (!driver.find("cuModuleLoadData", load) || !driver.find("cuModuleGetFunction", program.m_function) ||
        !driver.find("cuLaunchKernel", program.m_launch))
        return missing("NVIDIA's driver isn't here");
    CW_TRY_ASSIGN(code, compileCuda(source, definition, "sm_" + std::to_string(cudaCapability(device))));
    if (load(&program.m_module, code.data()) != kSuccess)
        return missing("the driver is older than NVRTC");
    return program;
}

CudaFunction* CudaProgram::kernel(const char* name) const {
    CudaFunction* found = nullptr;
    return m_function(&found, m_module, name) == kSuccess ? found : nullptr;
}

void CudaProgram::launch(CudaFunction* kernel, unsigned blocks, unsigned threads, void* stream, void** arguments) const {
    const int result = m_launch(kernel, blocks, 1, 1, threads, 1, 1, /*shared memory=*/0, stream, arguments, nullptr);
    TORCH_CHECK(result == kSuccess, "a GPU kernel did not start: CUDA error ", result);
}

} // namespace cw
