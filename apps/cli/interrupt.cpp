#include "apps/cli/interrupt.hpp"

#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>

#include "apps/cli/exit_code.hpp"

namespace hedgerow::cli {
namespace {

// A signal handler can reach nothing but a global; it lives as long as the guard.
std::atomic<run::Cancellation*> watched{nullptr};
static_assert(std::atomic<run::Cancellation*>::is_always_lock_free);

constexpr std::array watched_signals{SIGINT, SIGTERM};

extern "C" void on_interrupt(int) {
  run::Cancellation* cancellation = watched.load();
  if (cancellation == nullptr || cancellation->requested()) ::_exit(static_cast<int>(ExitCode::interrupted));
  cancellation->request();
}

}  // namespace

InterruptGuard::InterruptGuard(run::Cancellation& cancellation) {
  watched.store(&cancellation);
  for (const int signal : watched_signals) std::signal(signal, on_interrupt);
}

InterruptGuard::~InterruptGuard() {
  for (const int signal : watched_signals) std::signal(signal, SIG_DFL);
  watched.store(nullptr);
}

}  // namespace hedgerow::cli
