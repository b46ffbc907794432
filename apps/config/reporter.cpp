#include "apps/config/reporter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "apps/config/utf8.hpp"

namespace hedgerow::config {

std::size_t Reporter::add_origin(const Source& source, bool shows_lines) {
  origins_.push_back({source, shows_lines});
  return origins_.size() - 1;
}

void Reporter::error(const Mark& mark, std::string message, std::string hint) {
  if (++errors_ > most_diagnostics) {
    ++left_out_;
    return;
  }
  findings_.push_back({mark, std::move(message), std::move(hint), Severity::error});
}

void Reporter::warning(const Mark& mark, std::string message, std::string hint) {
  findings_.push_back({mark, std::move(message), std::move(hint), Severity::warning});
}

void Reporter::throw_if_errors() const {
  if (has_errors()) throw ConfigError(sorted());
}

Diagnostic Reporter::located(const Finding& finding) const {
  const auto& [source, shows_lines] = origins_.at(finding.mark.origin);
  if (!shows_lines || finding.mark.line == 0)
    return {source.name, 0, 0, finding.message, finding.hint, finding.severity, ""};
  const std::string line(source.line(finding.mark.line));
  const std::size_t bytes = finding.mark.column == 0 ? 0 : finding.mark.column - 1;
  const std::size_t column = 1 + utf8::length(std::string_view(line).substr(0, std::min(bytes, line.size())));
  return {source.name, finding.mark.line, column, finding.message, finding.hint, finding.severity, line};
}

std::vector<Diagnostic> Reporter::sorted() const {
  auto findings = findings_;
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.mark.origin, a.mark.line, a.mark.column) <
           std::tie(b.mark.origin, b.mark.line, b.mark.column);
  });
  std::vector<Diagnostic> diagnostics;
  for (const auto& finding : findings) diagnostics.push_back(located(finding));
  if (left_out_ > 0)
    diagnostics.push_back({origins_.front().source.name, 0, 0, fmt::format("{} further errors", left_out_),
                           "mend the first ones and check again", Severity::error, ""});
  return diagnostics;
}

}  // namespace hedgerow::config
