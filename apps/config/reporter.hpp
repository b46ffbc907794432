#pragma once
// Collects diagnostics while a config is read, and turns marks into places a person can find.

#include <cstddef>
#include <string>
#include <vector>

#include "apps/config/diagnostic.hpp"
#include "apps/config/source.hpp"

namespace hedgerow::config {

/// A place in one of the texts that make up a config. Line 0 is the text as a whole.
struct Mark {
  std::size_t line = 0;    ///< from 1
  std::size_t column = 0;  ///< from 1 [byte]
  std::size_t origin = 0;  ///< 0: the file; i: the i-th override
  friend auto operator<=>(const Mark&, const Mark&) = default;
};

/// Most diagnostics that are kept; further ones are counted.
inline constexpr std::size_t most_diagnostics = 100;

class Reporter {
 public:
  /// A text that marks can point into; returns its number. The first one is the file.
  std::size_t add_origin(const Source& source, bool shows_lines);

  void error(const Mark& mark, std::string message, std::string hint = "");
  void warning(const Mark& mark, std::string message, std::string hint = "");

  bool has_errors() const { return errors_ > 0; }

  /// Throws ConfigError with everything found, in the order of the file, if there are errors.
  void throw_if_errors() const;
  /// Everything found, in the order of the file, overrides last.
  std::vector<Diagnostic> sorted() const;

 private:
  struct Finding {
    Mark mark;
    std::string message, hint;
    Severity severity;
  };
  struct Origin {
    Source source;
    bool shows_lines;
  };
  Diagnostic located(const Finding& finding) const;

  std::vector<Origin> origins_;
  std::vector<Finding> findings_;
  std::size_t errors_ = 0, left_out_ = 0;
};

}  // namespace hedgerow::config
