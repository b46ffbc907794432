#pragma once
// SIGINT or SIGTERM once: finish the running blocks and write what is done. Twice: leave at once.

#include "engine/run/blocks.hpp"

namespace hedgerow::cli {

/// While it lives, the first SIGINT or SIGTERM requests `cancellation` and the second ends the process. One
/// at a time.
class InterruptGuard {
 public:
  explicit InterruptGuard(run::Cancellation& cancellation);
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;
  ~InterruptGuard();
};

}  // namespace hedgerow::cli
