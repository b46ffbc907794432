#pragma once
// What is wrong with data that we were handed: every finding counted, the first of them told with their
// place.

#include <cstddef>
#include <exception>
#include <string>
#include <vector>

#include "apps/config/diagnostic.hpp"

namespace hedgerow::intake {

/// Where something stands in a text: line and column from 1, the column in characters.
struct Place {
  std::size_t line = 1;
  std::size_t column = 1;
};

/// Data that cannot be used (exit code 3). Carries what is wrong with it, in the order of the file.
class BadData : public std::exception {
 public:
  /// `total`: how many findings there were, of which `told` are the first.
  BadData(std::vector<config::Diagnostic> told, std::size_t total);

  const std::vector<config::Diagnostic>& told() const { return told_; }
  std::size_t total() const { return total_; }
  /// The findings in the manner of a compiler, and how many more there are.
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  std::vector<config::Diagnostic> told_;
  std::size_t total_;
  std::string text_;
};

/// Collects findings in constant memory.
class Findings {
 public:
  /// `file` as the user named it; at most `most_told` findings are kept.
  explicit Findings(std::string file, std::size_t most_told = 20);

  void error(Place place, std::string message, std::string hint = "");

  std::size_t total() const { return total_; }
  const std::string& file() const { return file_; }
  /// Throws BadData if there was any error.
  void throw_if_any() const;

 private:
  std::string file_;
  std::size_t most_told_;
  std::size_t total_ = 0;
  std::vector<config::Diagnostic> told_;
};

/// Throws BadData for one finding that makes it pointless to read on.
[[noreturn]] void refuse(const std::string& file, Place place, std::string message, std::string hint = "");

}  // namespace hedgerow::intake
