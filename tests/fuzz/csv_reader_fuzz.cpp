// Any bytes as CSV and as an incident log: read, or refused as bad data; the same however they arrive.

#include <cstdint>
#include <string>

#include "apps/import/incident_log.hpp"
#include "models/incident/cluster.hpp"
#include "tests/fuzz/require.hpp"

namespace {

using namespace hedgerow;
using fuzz::require;
using namespace hedgerow::intake;

constexpr CsvLimits narrow{64, 256, 8};

/// Everything that a reader says about a text: fields with their places, or why it refused.
std::string told(const std::string& text, std::size_t piece, const CsvLimits& limits) {
  std::string all;
  try {
    CsvReader reader("x", bytes_of(text, piece), limits);
    Place before{0, 0};
    for (CsvRecord record; reader.next(record);) {
      require(record.size() >= 1 && record.size() <= limits.fields, "a record has fields, within its limit");
      for (std::size_t i = 0; i < record.size(); ++i) {
        const Place here = record.place(i);
        require(record[i].size() <= limits.field_bytes, "a field is within its limit");
        require(here.line > before.line || (here.line == before.line && here.column > before.column),
                "fields stand behind each other");
        before = here;
        all +=
            std::to_string(here.line) + ":" + std::to_string(here.column) + (record.quoted(i) ? "\"" : " ");
        all += std::string(record[i]) + "\n";
      }
    }
    all += std::to_string(reader.records()) + " " + std::to_string(reader.stray_quotes());
  } catch (const BadData& bad) {
    require(bad.total() == 1, "a text is refused once");
    all += bad.what();
  }
  return all;
}

void read_as_log(const std::string& text, bool skip_bad_records) {
  try {
    CsvReader csv("x", bytes_of(text));
    const IncidentLog log = read_incidents(csv, {{}, {}, false, skip_bad_records});
    require(log.postings.size() + log.bad_records == log.records, "every record is kept or bad");
    if (log.last) models::cluster(log.postings, {}, *log.last);
  } catch (const BadData& bad) {
    require(bad.told().size() <= bad.total(), "all errors are counted");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::size_t piece = size == 0 ? 1 : 1 + data[0] % 13;
  require(told(text, 65536, {}) == told(text, piece, {}), "records do not hang on how bytes arrive");
  told(text, piece, narrow);
  read_as_log(text, false);
  read_as_log(text, true);
  return 0;
}
