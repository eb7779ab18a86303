// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/system_calls.h"

#include <cerrno>
#include <fcntl.h>
#include <memory>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>

namespace cw {

namespace {

// What Qt PDF, the C++ library's threads and text recognition do once their libraries are loaded.
constexpr int kAllowed[] = {
    // descriptors at hand
    SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(preadv), SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(lseek),
    SCMP_SYS(_llseek), SCMP_SYS(close), SCMP_SYS(fcntl), SCMP_SYS(fcntl64), SCMP_SYS(dup), SCMP_SYS(fadvise64), SCMP_SYS(poll),
    SCMP_SYS(ppoll), SCMP_SYS(select), SCMP_SYS(pselect6), SCMP_SYS(eventfd2), SCMP_SYS(pipe), SCMP_SYS(pipe2),
    // looking at files: which ones is another rule's (file_access.h)
    SCMP_SYS(fstat), SCMP_SYS(fstat64), SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(newfstatat), SCMP_SYS(fstatat64), SCMP_SYS(statx),
    SCMP_SYS(statfs), SCMP_SYS(fstatfs), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink),
    SCMP_SYS(readlinkat), SCMP_SYS(getdents), SCMP_SYS(getdents64), SCMP_SYS(getcwd),
    // memory
    SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(mincore), SCMP_SYS(membarrier),
    // threads and signals within this process
    SCMP_SYS(futex), SCMP_SYS(set_robust_list), SCMP_SYS(get_robust_list), SCMP_SYS(set_tid_address), SCMP_SYS(rseq), SCMP_SYS(gettid),
    SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity), SCMP_SYS(sched_getparam), SCMP_SYS(sched_getscheduler),
    SCMP_SYS(sched_get_priority_min), SCMP_SYS(sched_get_priority_max), SCMP_SYS(getcpu), SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack), SCMP_SYS(restart_syscall), SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    // what the process may know
    SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres), SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep), SCMP_SYS(gettimeofday),
    SCMP_SYS(time), SCMP_SYS(getrandom), SCMP_SYS(getpid), SCMP_SYS(getppid), SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getgid),
    SCMP_SYS(getegid), SCMP_SYS(uname), SCMP_SYS(sysinfo), SCMP_SYS(getrusage), SCMP_SYS(getrlimit), SCMP_SYS(times)};

// Newer calls than these are told to be missing, so that the C library falls back to an older one, which a rule here allows or refuses.
constexpr int kFirstNewCall = 424, kLastNewCall = 511;

class Filter {
public:
    Filter() : m_filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)), &seccomp_release) {}

    void allow(int call) { add(SCMP_ACT_ALLOW, call); }
    void allowIf(int call, scmp_arg_cmp condition) { add(SCMP_ACT_ALLOW, call, condition); }
    void allowIf(int call, scmp_arg_cmp one, scmp_arg_cmp two) { add(SCMP_ACT_ALLOW, call, one, two); }
    void missing(int call) { add(SCMP_ACT_ERRNO(ENOSYS), call); }

    bool load() {
        return m_sound && seccomp_attr_set(m_filter.get(), SCMP_FLTATR_CTL_TSYNC, 1) == 0 && seccomp_load(m_filter.get()) == 0;
    }

private:
    template <typename... Conditions> void add(std::uint32_t action, int call, Conditions... conditions) {
        m_sound = m_sound && m_filter && seccomp_rule_add(m_filter.get(), action, call, sizeof...(conditions), conditions...) == 0;
    }

    std::unique_ptr<void, decltype(&seccomp_release)> m_filter;
    bool m_sound = true;
};

scmp_arg_cmp without(unsigned argument, scmp_datum_t bits) { return SCMP_CMP(argument, SCMP_CMP_MASKED_EQ, bits, 0); }
scmp_arg_cmp with(unsigned argument, scmp_datum_t bits) { return SCMP_CMP(argument, SCMP_CMP_MASKED_EQ, bits, bits); }
scmp_arg_cmp equal(unsigned argument, scmp_datum_t value) { return SCMP_CMP(argument, SCMP_CMP_EQ, value); }

void allowSomeOf(Filter& filter) {
    constexpr scmp_datum_t kWriting = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND;
    filter.allowIf(SCMP_SYS(open), without(1, kWriting));
    filter.allowIf(SCMP_SYS(openat), without(2, kWriting));
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mmap2), SCMP_SYS(mprotect)})
        filter.allowIf(call, without(2, PROT_EXEC));
    filter.allowIf(SCMP_SYS(clone), with(0, CLONE_THREAD));
    filter.allowIf(SCMP_SYS(tgkill), equal(0, static_cast<scmp_datum_t>(getpid()))); // abort()
    filter.allowIf(SCMP_SYS(prlimit64), equal(0, 0), equal(2, 0));                   // asking, not setting
    for (const int option : {PR_SET_NAME, PR_GET_NAME})
        filter.allowIf(SCMP_SYS(prctl), equal(0, static_cast<scmp_datum_t>(option)));
    for (const unsigned long request : {static_cast<unsigned long>(TCGETS), static_cast<unsigned long>(FIONREAD)})
        filter.allowIf(SCMP_SYS(ioctl), equal(1, request));
}

} // namespace

bool allowCallsOfReading() {
    Filter filter;
    for (const int call : kAllowed)
        filter.allow(call);
    allowSomeOf(filter);
    for (int call = kFirstNewCall; call <= kLastNewCall; ++call)
        if (std::find(std::begin(kAllowed), std::end(kAllowed), call) == std::end(kAllowed))
            filter.missing(call);
    return filter.load();
}

} // namespace cw
