#pragma once
// What is wrong with a config, where, and what would mend it; rendered in the manner of a compiler.

#include <cstddef>
#include <exception>
#include <string>
#include <vector>

namespace hedgerow::config {

enum class Severity { error, warning };

/// One finding about one place of one document.
struct Diagnostic {
  std::string file;     ///< as the user named it, or "--set KEY" for an override
  std::size_t line;     ///< from 1; 0: the file as a whole
  std::size_t column;   ///< from 1, in characters
  std::string message;  ///< what was read and what is allowed
  std::string hint;     ///< what would mend it, may be empty
  Severity severity = Severity::error;
  std::string excerpt;  ///< the source line; empty: none is shown
};

/// Two or three lines of text ending in a line break:
///
///     configs/x.yaml:31:44: error: MESSAGE
///        31 |     the source line, cut around the place when it is long
///           |           ^
///           = HINT
///
/// Control characters in names and values are shown as \xNN, so that a file cannot steer a terminal.
std::string render(const Diagnostic& diagnostic);
std::string render(const std::vector<Diagnostic>& diagnostics);

/// A config that cannot be used. Carries everything that is wrong with it, in the order of the file.
class ConfigError : public std::exception {
 public:
  explicit ConfigError(std::vector<Diagnostic> diagnostics);
  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }
  /// All diagnostics, rendered.
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  std::vector<Diagnostic> diagnostics_;
  std::string text_;
};

}  // namespace hedgerow::config
