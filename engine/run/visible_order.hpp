#pragma once
// What the thread sanitizer cannot see for itself about the order of our steps.

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#include <sanitizer/tsan_interface.h>
#define HEDGEROW_TSAN(call) call
#endif
#endif
#if !defined(HEDGEROW_TSAN)
#define HEDGEROW_TSAN(call) void(0)
#endif

namespace hedgerow::run {

/// Tells the thread sanitizer of the order that oneTBB keeps between steps, because Debian's libtbb is
/// not built with it: what one step did is seen by every step that begins after its end. Steps that
/// overlap stay unordered, so a race between them is still found. Does nothing in other builds.
class VisibleOrder {
 public:
  class Step {
   public:
    explicit Step(VisibleOrder& order) : order_(order) { HEDGEROW_TSAN(__tsan_acquire(&order_)); }
    ~Step() { HEDGEROW_TSAN(__tsan_release(&order_)); }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

   private:
    [[maybe_unused]] VisibleOrder& order_;
  };
  Step step() { return Step(*this); }
};

}  // namespace hedgerow::run
