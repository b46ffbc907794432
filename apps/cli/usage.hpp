#pragma once
// Mistakes on the command line, in our words and with our exit code.

#include <CLI/CLI.hpp>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace hedgerow::cli {

class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Throws UsageError with a "did you mean" for a verb or option that `app` does not know.
void reject_unknown_words(const CLI::App& app, const std::vector<std::string>& arguments);

/// The value that `word` stands for. Throws UsageError naming the allowed words.
template <class T>
T choice(const std::string& option, const std::string& word,
         const std::vector<std::pair<std::string, T>>& allowed) {
  std::string words;
  for (const auto& [name, value] : allowed) {
    if (name == word) return value;
    words += (words.empty() ? "" : ", ") + name;
  }
  throw UsageError(option + " is " + word + " (must be one of " + words + ")");
}

}  // namespace hedgerow::cli
