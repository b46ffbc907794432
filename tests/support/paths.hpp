#pragma once
// How many paths a test plays.

#include <cstdint>

namespace hedgerow::test {

/// Whether the test is built for a sanitizer: what only numbers can show is left out there.
constexpr bool sanitized =
#ifdef HEDGEROW_SANITIZED
    true;
#else
    false;
#endif

/// Whether that is the one of threads: what has nothing more to say about them than other tests is left out
/// there.
constexpr bool thread_sanitized =
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
    true;
#else
    false;
#endif
#else
    false;
#endif

/// Sanitizers look at what code does, not at what numbers mean, and slow it down five to ten times.
constexpr std::uint64_t paths_or(std::uint64_t all, std::uint64_t under_sanitizers) {
  return sanitized ? under_sanitizers : all;
}

}  // namespace hedgerow::test
