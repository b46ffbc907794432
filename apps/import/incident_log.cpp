#include "apps/import/incident_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "apps/import/field_text.hpp"
#include "apps/import/moment.hpp"

namespace hedgerow::intake {
namespace {

constexpr std::size_t most_words = 1000;
constexpr double longest_duration = 100 * 8760.0;  // [h]: as in a config

/// What one record says, once it is found to be sound.
struct Incident {
  double start = 0.0;
  std::optional<double> end;
  std::string provider, severity;
  std::vector<std::string> regions;
  std::vector<std::string> services;
  std::size_t service_count = 0;
};

/// Reads the fields of one record and complains of what it cannot read.
class RecordReader {
 public:
  RecordReader(const IncidentLayout& layout, Findings& findings, IncidentLog& log)
      : layout_(layout), findings_(findings), log_(log) {}

  /// Nothing where the record is bad; what is wrong with it is then reported.
  std::optional<Incident> read(const CsvRecord& record) {
    if (record.size() != layout_.fields()) {
      findings_.error(record.place(),
                      fmt::format("has {} fields (the header has {})", record.size(), layout_.fields()),
                      "a field with a comma in it stands in quotes");
      return std::nullopt;
    }
    const std::size_t before = findings_.total();
    Incident incident;
    const auto start = time(record, IncidentColumn::start);
    if (start) incident.start = *start;
    if (!start && findings_.total() == before)
      complain(record, IncidentColumn::start, "is empty (an incident has a start)");
    if (start) incident.end = end(record, *start);
    incident.service_count = count(record);
    if (findings_.total() != before) return std::nullopt;
    incident.provider = text(record, IncidentColumn::provider);
    incident.severity = text(record, IncidentColumn::severity);
    incident.regions = parts_of(text(record, IncidentColumn::region), ';');
    incident.services = parts_of(text(record, IncidentColumn::services), ';');
    return incident;
  }

 private:
  std::string_view text(const CsvRecord& record, IncidentColumn column) const {
    const auto index = layout_.index(column);
    return index ? trimmed(record[*index]) : std::string_view{};
  }
  void complain(const CsvRecord& record, IncidentColumn column, const std::string& what) {
    findings_.error(record.place(*layout_.index(column)), what);
  }

  std::optional<double> time(const CsvRecord& record, IncidentColumn column) {
    const std::string_view written = text(record, column);
    if (written.empty()) return std::nullopt;
    const auto read = read_iso_moment(written);
    if (!read) {
      complain(record, column, fmt::format("'{}' is no time (must be as in 2025-10-20T07:11:00Z)", written));
      return std::nullopt;
    }
    const double at = hours_of(read->at);
    log_.without_zone += !read->zoned;
    log_.first = std::min(log_.first.value_or(at), at);
    log_.last = std::max(log_.last.value_or(at), at);
    return at;
  }

  std::optional<double> end(const CsvRecord& record, double start) {
    const auto written = time(record, IncidentColumn::end);
    if (written && *written < start)
      complain(record, IncidentColumn::end, fmt::format("ends before it starts ({})", minute_text(start)));
    if (written && *written > start + longest_duration)
      complain(record, IncidentColumn::end, "ends more than 100 years after it starts");
    if (written || !text(record, IncidentColumn::end).empty()) return written;
    const std::string_view hours = text(record, IncidentColumn::duration);
    if (hours.empty()) return std::nullopt;
    double value = 0.0;
    const auto [stop, error] = std::from_chars(hours.data(), hours.data() + hours.size(), value);
    if (error == std::errc() && stop == hours.data() + hours.size() && value >= 0.0 &&
        value <= longest_duration)
      return start + value;
    complain(record, IncidentColumn::duration,
             fmt::format("'{}' is no duration (must be hours, from 0 to 100 years of them)", hours));
    return std::nullopt;
  }

  std::size_t count(const CsvRecord& record) {
    const std::string_view written = text(record, IncidentColumn::service_count);
    if (written.empty()) return 0;
    std::uint32_t value = 0;
    const auto [stop, error] = std::from_chars(written.data(), written.data() + written.size(), value);
    if (error != std::errc() || stop != written.data() + written.size())
      complain(record, IncidentColumn::service_count, fmt::format("'{}' is no number of services", written));
    return value;
  }

  const IncidentLayout& layout_;
  Findings& findings_;
  IncidentLog& log_;
};

bool is_same(std::string_view a, std::string_view b) { return lower_case(a) == lower_case(b); }

bool is_any_of(const std::string& word, const std::vector<std::string>& wanted) {
  return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& w) { return is_same(word, w); });
}

bool is_wanted_severity(const std::string& severity, const std::vector<std::string>& wanted) {
  if (wanted.empty() || is_any_of(severity, wanted)) return true;
  const std::vector<std::string> parts = parts_of(severity, '/');
  return std::any_of(parts.begin(), parts.end(),
                     [&](const std::string& part) { return is_any_of(part, wanted); });
}

bool passes(const Incident& incident, const IncidentFilter& filter) {
  const bool here = filter.regions.empty() ||
                    std::any_of(incident.regions.begin(), incident.regions.end(),
                                [&](const std::string& region) { return is_any_of(region, filter.regions); });
  return here && (filter.providers.empty() || is_any_of(incident.provider, filter.providers)) &&
         is_wanted_severity(incident.severity, filter.severities);
}

void note(SeenWords& words, const std::string& word) {
  if (!word.empty() && words.size() < most_words) words.insert(word);
}

/// Postings that may be of one event: those of one provider in the regions that were asked for, or else in
/// the same regions.
std::string place_of(const Incident& incident, const IncidentFilter& filter) {
  std::string place = lower_case(incident.provider);
  if (!filter.regions.empty()) return place;
  for (const std::string& region : incident.regions) place += ";" + lower_case(region);
  return place;
}

void take(IncidentLog& log, const Incident& incident, const IncidentFilter& filter) {
  note(log.providers, incident.provider);
  note(log.severities, incident.severity);
  for (const std::string& region : incident.regions) note(log.regions, region);
  if (!passes(incident, filter)) return;
  note(log.kept_providers, incident.provider);
  log.without_region += filter.regions.empty() && incident.regions.empty();
  log.postings.push_back(
      {incident.start, incident.end, place_of(incident, filter), incident.services, incident.service_count});
}

void require_column(const std::string& file, const CsvRecord& header, const IncidentLayout& layout,
                    IncidentColumn column, bool needed, std::string_view option) {
  if (needed && !layout.has(column))
    refuse(file, header.place(), fmt::format("no column has what --{} asks for", option),
           fmt::format("name it, as in --columns {}=NAME", option));
}

}  // namespace

IncidentLog read_incidents(CsvReader& csv, const IncidentReading& reading) {
  CsvRecord record;
  if (!csv.next(record)) refuse(csv.name(), {1, 1}, "the log is empty", "its first line names the columns");
  const IncidentLayout layout(csv.name(), record, reading.columns);
  const IncidentFilter& filter = reading.filter;
  require_column(csv.name(), record, layout, IncidentColumn::provider, !filter.providers.empty(), "provider");
  require_column(csv.name(), record, layout, IncidentColumn::region, !filter.regions.empty(), "region");
  require_column(csv.name(), record, layout, IncidentColumn::severity, !filter.severities.empty(),
                 "severity");
  require_column(csv.name(), record, layout, IncidentColumn::services,
                 reading.needs_services && !layout.has(IncidentColumn::service_count), "minimum-services");
  IncidentLog log;
  Findings findings(csv.name());
  RecordReader reader(layout, findings, log);
  while (csv.next(record)) {
    ++log.records;
    if (const auto incident = reader.read(record))
      take(log, *incident, filter);
    else
      ++log.bad_records;
  }
  if (!reading.skip_bad_records) findings.throw_if_any();
  return log;
}

}  // namespace hedgerow::intake
