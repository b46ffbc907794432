#include "apps/report/page.hpp"

#include <array>
#include <stdexcept>
#include <utility>

namespace hedgerow::report {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> escapes{{
    {"<", "\\u003c"},
    {">", "\\u003e"},
    {"&", "\\u0026"},
    {"\xe2\x80\xa8", "\\u2028"},
    {"\xe2\x80\xa9", "\\u2029"},
}};

}  // namespace

std::string safe_in_html(std::string_view json) {
  std::string safe;
  safe.reserve(json.size() + json.size() / 16);
  while (!json.empty()) {
    const std::size_t plain = json.find_first_of("<>&\xe2");
    safe += json.substr(0, plain);
    if (plain == std::string_view::npos) break;
    json.remove_prefix(plain);
    std::string_view from = json.substr(0, 1), to = from;
    for (const auto& [sign, escape] : escapes)
      if (json.starts_with(sign)) from = sign, to = escape;
    safe += to;
    json.remove_prefix(from.size());
  }
  return safe;
}

std::string with_results(std::string_view page, std::string_view results_json) {
  const std::size_t at = page.find(placeholder);
  if (at == std::string_view::npos || page.find(placeholder, at + 1) != std::string_view::npos)
    throw std::logic_error("the report page does not hold the placeholder of the results exactly once");
  std::string filled(page.substr(0, at));
  filled += safe_in_html(results_json);
  filled += page.substr(at + placeholder.size());
  return filled;
}

}  // namespace hedgerow::report
