// Any bytes as saved results, read as `hedgerow report` and `hedgerow diff` read them: refused as BadResults,
// or rendered in every form. Inputs are changed as trees too, which bytes alone would hardly find.

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "apps/diff/render.hpp"
#include "apps/report/page.hpp"
#include "apps/results/document.hpp"
#include "apps/tables/csv.hpp"
#include "apps/tables/markdown.hpp"
#include "apps/tables/table.hpp"
#include "tests/fuzz/require.hpp"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace {

using namespace hedgerow;
using fuzz::require;
using Json = nlohmann::ordered_json;

void check_page(const Json& document) {
  const std::string page = report::with_results(report::placeholder, document.dump());
  require(page.find_first_of("<>&") == std::string::npos, "no text becomes markup");
  require(Json::parse(page) == document, "the page holds the results");
}

void check_tables(const Json& document) {
  try {
    const std::vector<tables::Table> all = tables::tables_of(document);
    for (const tables::Table& table : all) {
      for (const tables::Row& row : table.rows)
        require(row.size() == table.columns.size(), "a row has a cell for each column");
      require(tables::to_csv(table).ends_with("\r\n"), "the last line has an end");
    }
    require(tables::table_named(all, "runs").rows.size() == 1, "one run");
  } catch (const results::BadResults&) {
  }
}

void check_markdown(const Json& document) {
  try {
    require(tables::markdown(document).size() <= tables::longest_markdown, "a comment fits");
  } catch (const results::BadResults&) {
  }
}

void check_diff(const Json& before, const Json& after) {
  const diff::Diff found = diff::compare(before, after);
  diff::as_text(found, {true, true});
  diff::as_markdown(found, {false, false});
  require(diff::as_json(found).dump().starts_with("{\"format\":\"hedgerow-diff/1\""),
          "a diff says its format");
  diff::any_output_moved(found);
}

/// The first results that were read, with which all others are compared.
Json& earlier() {
  static Json document;
  return document;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  Json document;
  try {
    document = results::parse_document("fuzz.json", text);
  } catch (const results::BadResults&) {
    return 0;
  }
  check_page(document);
  check_tables(document);
  check_markdown(document);
  if (earlier().is_null()) earlier() = document;
  check_diff(earlier(), document);
  check_diff(document, earlier());
  return 0;
}

namespace {

void collect(Json& at, std::vector<Json*>& nodes) {
  nodes.push_back(&at);
  if (at.is_structured())
    for (Json& below : at) collect(below, nodes);
}

Json small_value(std::size_t number) {
  static const std::vector<Json> values{nullptr,
                                        true,
                                        0,
                                        -1,
                                        1e308,
                                        -1e-308,
                                        0.5,
                                        std::uint64_t{1} << 63,
                                        "",
                                        "x",
                                        "9223372036854775808",
                                        "nan",
                                        "=1+1",
                                        "\r\n|`@a#1<b>",
                                        Json::array(),
                                        Json::object(),
                                        Json::array({0.1, 0.2}),
                                        Json::object({{"value", 1.0}, {"se", 0.5}})};
  return values[number % values.size()];
}

/// Keys that mean something wherever they stand.
const std::vector<std::string> keys{"value", "se",   "ci",        "paths", "name",
                                    "level", "mean", "completed", "a/~b"};

/// One change of one place: another value, one from elsewhere in the document, gone, or there twice.
void change(Json& document, std::minstd_rand& random) {
  std::vector<Json*> nodes;
  collect(document, nodes);
  Json& at = *nodes[random() % nodes.size()];
  switch (random() % 5) {
    case 0:
      at = small_value(random());
      break;
    case 1: {
      const Json other = *nodes[random() % nodes.size()];
      at = other;
      break;
    }
    case 2:
      if (at.is_structured() && !at.empty())
        at.erase(std::next(at.begin(), static_cast<long>(random() % at.size())));
      break;
    case 3:
      if (at.is_array() && !at.empty()) {
        const Json other = at[random() % at.size()];
        at.push_back(other);
      }
      break;
    default:
      if (at.is_object()) at[keys[random() % keys.size()]] = small_value(random());
      break;
  }
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
  std::minstd_rand random(seed);
  if (random() % 4 == 0) return LLVMFuzzerMutate(data, size, max_size);
  Json document = Json::parse(data, data + size, nullptr, false);
  if (document.is_discarded()) return LLVMFuzzerMutate(data, size, max_size);
  for (auto left = 1 + random() % 4; left > 0; --left) change(document, random);
  const std::string text = document.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > max_size) return LLVMFuzzerMutate(data, size, max_size);
  std::memcpy(data, text.data(), text.size());
  return text.size();
}
