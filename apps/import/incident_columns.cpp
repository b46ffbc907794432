#include "apps/import/incident_columns.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "apps/config/spelling.hpp"
#include "apps/import/field_text.hpp"

namespace hedgerow::intake {
namespace {

std::vector<std::string> headers_of(const CsvRecord& header) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < header.size(); ++i) names.emplace_back(trimmed(header[i]));
  return names;
}

void require_unique(const std::string& file, const CsvRecord& header, const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (!names[i].empty() && std::find(names.begin(), names.begin() + static_cast<long>(i), names[i]) !=
                                 names.begin() + static_cast<long>(i))
      refuse(file, header.place(i), fmt::format("the column {} stands twice", names[i]));
}

/// The first names of a header, for a message.
std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t most = 12;
  const std::size_t count = std::min(most, names.size());
  return fmt::format("{}{}", fmt::join(names.begin(), names.begin() + static_cast<long>(count), ", "),
                     count < names.size() ? ", …" : "");
}

std::optional<std::size_t> find(const std::vector<std::string>& names, std::string_view wanted) {
  const auto found = std::find_if(names.begin(), names.end(), [&](const std::string& name) {
    return lower_case(name) == lower_case(wanted);
  });
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

}  // namespace

const std::vector<IncidentColumnNames>& incident_columns() {
  using enum IncidentColumn;
  static const std::vector<IncidentColumnNames> names{
      {start, "start", {"start_utc", "start", "start_time", "started_at", "created_at"}},
      {end, "end", {"end_utc", "end", "end_time", "ended_at", "resolved_at"}},
      {duration, "duration", {"duration_h", "duration_hours"}},
      {provider, "provider", {"provider", "vendor"}},
      {region, "region", {"regions", "region"}},
      {severity, "severity", {"severity", "impact"}},
      {services, "services", {"services", "service"}},
      {service_count, "service_count", {"n_services", "service_count"}}};
  return names;
}

IncidentLayout::IncidentLayout(const std::string& file, const CsvRecord& header, const ColumnMapping& mapping)
    : fields_(header.size()) {
  const std::vector<std::string> names = headers_of(header);
  require_unique(file, header, names);
  const std::vector<std::string_view> known(names.begin(), names.end());
  for (const IncidentColumnNames& column : incident_columns()) {
    auto& index = indices_[static_cast<std::size_t>(column.column)];
    const auto mapped = mapping.find(column.column);
    if (mapped != mapping.end()) {
      index = find(names, mapped->second);
      if (!index)
        refuse(file, header.place(),
               fmt::format("there is no column {} (for {})", mapped->second, column.option),
               config::suggestion(mapped->second, known));
      continue;
    }
    for (const std::string_view usual : column.headers)
      if (!index) index = find(names, usual);
  }
  if (!has(IncidentColumn::start))
    refuse(file, header.place(), "no column says when an incident started",
           fmt::format("name it, as in --columns start=NAME; there are {}", listed(names)));
}

}  // namespace hedgerow::intake
