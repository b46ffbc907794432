#include "apps/config/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "apps/config/utf8.hpp"

namespace hedgerow::config {
namespace {

constexpr std::size_t widest_excerpt = 100;  // characters of a source line that are shown
constexpr std::size_t before_caret = 60;     // of those, at most so many in front of the place

struct Excerpt {
  std::string text;
  std::size_t caret;  // characters in front of the place
};

/// The part of `line` around the character `column` (from 0).
Excerpt cut(const std::string& line, std::size_t column) {
  const std::size_t length = utf8::length(line);
  column = std::min(column, length);
  if (length <= widest_excerpt) return {line, column};
  const std::size_t wanted = column > before_caret ? column - before_caret : 0;
  const std::size_t begin = std::min(wanted, length - widest_excerpt);
  std::string text = utf8::substring(line, begin, widest_excerpt);
  if (begin + widest_excerpt < length) text += "…";
  if (begin == 0) return {text, column};
  return {"…" + text, column - begin + 1};
}

std::string heading(const Diagnostic& d) {
  const std::string place = d.line == 0 ? "" : fmt::format("{}:{}:", d.line, d.column);
  const char* severity = d.severity == Severity::error ? "error" : "warning";
  return fmt::format("{}:{} {}: {}\n", utf8::printable(d.file), place, severity, utf8::printable(d.message));
}

}  // namespace

std::string render(const Diagnostic& d) {
  std::string text = heading(d);
  if (d.line != 0 && !d.excerpt.empty()) {
    const auto [line, caret] = cut(d.excerpt, d.column == 0 ? 0 : d.column - 1);
    text += fmt::format("{:>5} | {}\n", d.line, utf8::blanked(line));
    text += fmt::format("      | {}^\n", std::string(caret, ' '));
  }
  if (!d.hint.empty()) text += fmt::format("      = {}\n", utf8::printable(d.hint));
  return text;
}

std::string render(const std::vector<Diagnostic>& diagnostics) {
  std::string text;
  for (const auto& diagnostic : diagnostics) text += render(diagnostic);
  return text;
}

ConfigError::ConfigError(std::vector<Diagnostic> diagnostics)
    : diagnostics_(std::move(diagnostics)), text_(render(diagnostics_)) {}

}  // namespace hedgerow::config
