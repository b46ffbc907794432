#pragma once
// Everything that can go wrong, as a message and an exit code.

#include <exception>
#include <string>

#include "apps/cli/exit_code.hpp"

namespace hedgerow::cli {

struct Failure {
  ExitCode code = ExitCode::done;
  std::string message;  ///< for standard error, with its line breaks; may be empty
};

/// A failure that is known already.
class Failed : public std::exception {
 public:
  explicit Failed(Failure failure) : failure_(std::move(failure)) {}
  const Failure& failure() const { return failure_; }
  const char* what() const noexcept override { return failure_.message.c_str(); }

 private:
  Failure failure_;
};

/// What the exception that is being handled means.
Failure current_failure();

}  // namespace hedgerow::cli
