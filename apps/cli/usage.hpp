#pragma once
// Mistakes on the command line, in our words and with our exit code.

#include <CLI/CLI.hpp>
#include <stdexcept>
#include <string>
#include <vector>

namespace hedgerow::cli {

class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Throws UsageError with a "did you mean" for a verb or option that `app` does not know.
void reject_unknown_words(const CLI::App& app, const std::vector<std::string>& arguments);

}  // namespace hedgerow::cli
