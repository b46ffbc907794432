#include "apps/import/skeleton.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "apps/config/utf8.hpp"
#include "apps/import/moment.hpp"

namespace hedgerow::intake {
namespace {

constexpr std::size_t longest_slug = 60;
constexpr std::size_t comment_column = 54;

bool is_small_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

std::string slug_of(std::string_view name) {
  std::string slug;
  for (const char original : name) {
    const char c = original >= 'A' && original <= 'Z' ? static_cast<char>(original - 'A' + 'a') : original;
    if (is_small_letter_or_digit(c))
      slug += c;
    else if (!slug.empty() && slug.back() != '-')
      slug += '-';
    if (slug.size() >= longest_slug) break;
  }
  while (slug.ends_with('-')) slug.pop_back();
  return slug;
}

}  // namespace

std::string ConfigNames::make(std::string_view name, std::string_view otherwise) {
  std::string slug = slug_of(name);
  if (slug.empty()) slug = otherwise;
  std::string free = slug;
  for (int number = 2; !taken_.insert(free).second; ++number) free = fmt::format("{}-{}", slug, number);
  return free;
}

std::vector<std::string> percentages(const std::vector<double>& amounts) {
  constexpr long steps = 1000;  // of 0.1 %
  const double sum = std::accumulate(amounts.begin(), amounts.end(), 0.0);
  std::vector<long> whole(amounts.size());
  std::vector<std::size_t> order(amounts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto exact = [&](std::size_t i) { return amounts[i] / sum * static_cast<double>(steps); };
  long given = 0;
  for (const std::size_t i : order) given += whole[i] = static_cast<long>(std::floor(exact(i)));
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return exact(a) - std::floor(exact(a)) > exact(b) - std::floor(exact(b));
  });
  for (std::size_t i = 0; given < steps; ++i, ++given) ++whole[order[i % order.size()]];
  std::vector<std::string> texts;
  for (const long share : whole)
    texts.push_back(share == 0 ? std::string() : fmt::format("{}.{}%", share / 10, share % 10));
  return texts;
}

std::string plain_number(double value) {
  const double size = std::abs(value);
  if (size >= 1e-6 && size < 1e6) return fmt::format("{:.6g}", value);
  if (size >= 1e6 && size < 1e15) return fmt::format("{:.0f}", value);
  return fmt::format("{:.6g}", value);
}

std::string sourced(std::string_view value, std::string_view source) {
  return fmt::format("{{value: {}, source: {}}}", value, yaml_text(source));
}

std::string sourced(double value, double most, std::string_view unit, std::string_view source) {
  if (!(value <= most)) return std::string(gap);
  return sourced(plain_number(value) + std::string(unit), source);
}

std::string source_name(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return path == "-" ? "standard input" : std::string(path.substr(path.rfind('/') + 1));
}

std::string contract_start(int month, int begin) {
  return month < begin + skeleton_months ? month_name(month) : std::string(gap);
}

std::string yaml_text(std::string_view text) {
  return nlohmann::json(config::utf8::printable(text))
      .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string comment(std::string_view text) {
  const std::string quoted = yaml_text(text);  // whatever is odd in it is replaced
  return nlohmann::json::parse(quoted).get<std::string>();
}

void SkeletonWriter::line(int depth, std::string_view text, std::string_view behind) {
  std::string line = std::string(static_cast<std::size_t>(2 * depth), ' ') + std::string(text);
  if (!behind.empty()) {
    if (line.size() < comment_column) line.resize(comment_column, ' ');
    line += "  # " + comment(behind);
  }
  text_ += line + '\n';
}

void SkeletonWriter::note(int depth, std::string_view text) {
  text_ += std::string(static_cast<std::size_t>(2 * depth), ' ') + "# " + comment(text) + '\n';
}

void write_region(SkeletonWriter& out, std::string_view name, std::string_view behind) {
  out.line(3, fmt::format("{}:", name), behind);
  out.line(4, fmt::format("outages: {}", gap));
}

void write_legend(SkeletonWriter& out, std::string_view from) {
  out.note(0, "Whose number is it?");
  out.note(0, fmt::format("  with a source:   yours, from {}", from));
  out.note(0, fmt::format("  {}          only you know it; `hedgerow check` names each with its place", gap));
  out.note(0,
           "  outages          fitted: put what `hedgerow fit LOG.csv --posterior --indent 8` writes in "
           "place of the "
           "line, or none");
  out.note(0, "  all else         assumed; `hedgerow check --resolved` lists it with its reason");
}

}  // namespace hedgerow::intake
