#include "apps/import/words.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

#include "apps/config/utf8.hpp"
#include "apps/results/format.hpp"

namespace hedgerow::intake {

std::string money(Amount amount) {
  std::string text = amount.text(2);
  const std::size_t first = text.front() == '-' ? 1 : 0;
  for (std::size_t i = text.find('.'); i > first + 3; i -= 3) text.insert(i - 3, 1, ' ');
  return text;
}

std::string percent(std::optional<double> share) {
  return share ? fmt::format("{:.1f} %", 100.0 * *share) : "?";
}

std::string repairs_in_words(const std::vector<RepairCount>& repairs) {
  if (repairs.empty()) return "Mended     nothing\n";
  std::size_t width = 0;
  for (const RepairCount& repair : repairs) width = std::max(width, results::grouped(repair.count).size());
  std::string text;
  for (const RepairCount& repair : repairs)
    text += fmt::format("{}{}  {} (first: {}:{}:{}, {})\n", text.empty() ? "Mended     " : "           ",
                        results::pad_left(results::grouped(repair.count), width), words_for(repair.kind),
                        config::utf8::printable(repair.file), repair.place.line, repair.place.column,
                        config::utf8::printable(repair.example));
  return text;
}

nlohmann::ordered_json repairs_as_json(const std::vector<RepairCount>& repairs) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const RepairCount& repair : repairs)
    all.push_back({{"kind", name_of(repair.kind)},
                   {"count", repair.count},
                   {"first",
                    {{"file", repair.file},
                     {"line", repair.place.line},
                     {"column", repair.place.column},
                     {"said", repair.example}}}});
  return all;
}

std::string dumped(const nlohmann::ordered_json& document) {
  return document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace hedgerow::intake
