#pragma once
// What the thread sanitizer cannot see for itself: Debian's libtbb is not built with it, and blocks.cpp,
// which holds all of oneTBB's templates, is left out of it (CMakeLists.txt). Does nothing in other builds.

#if defined(HEDGEROW_THREAD_SANITIZER)
#include <sanitizer/tsan_interface.h>
#endif

namespace hedgerow::run {

/// The order that oneTBB keeps between steps: what one step did is seen by every step that begins after its
/// end. Steps that overlap stay unordered, so a race between them is still found.
class VisibleOrder {
 public:
  class Step {
   public:
#if defined(HEDGEROW_THREAD_SANITIZER)
    explicit Step(VisibleOrder& order) : order_(order) { __tsan_acquire(&order_); }
    ~Step() { __tsan_release(&order_); }
#else
    explicit Step(VisibleOrder& order) : order_(order) {}
    ~Step() {}  // a name for the scope of a step is no unused variable
#endif
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

   private:
    [[maybe_unused]] VisibleOrder& order_;
  };
  Step step() { return Step(*this); }
};

}  // namespace hedgerow::run
