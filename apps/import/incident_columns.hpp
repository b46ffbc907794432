#pragma once
// Which column of an incident log says what.

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apps/import/csv_reader.hpp"

namespace hedgerow::intake {

enum class IncidentColumn { start, end, duration, provider, region, severity, services, service_count };

/// What a column is called in --columns, and by which headers it is known without.
struct IncidentColumnNames {
  IncidentColumn column;
  std::string_view option;
  std::vector<std::string_view> headers;
};
const std::vector<IncidentColumnNames>& incident_columns();

/// --columns: our name of a column to its header in the log.
using ColumnMapping = std::map<IncidentColumn, std::string>;

/// Where each column stands in the records of one log.
class IncidentLayout {
 public:
  /// `header`: the first record. Throws BadData where a mapped column is not there, a header stands twice, or
  /// the log has no start.
  IncidentLayout(const std::string& file, const CsvRecord& header, const ColumnMapping& mapping);

  std::optional<std::size_t> index(IncidentColumn column) const {
    return indices_[static_cast<std::size_t>(column)];
  }
  bool has(IncidentColumn column) const { return index(column).has_value(); }
  std::size_t fields() const { return fields_; }

 private:
  std::array<std::optional<std::size_t>, 8> indices_;
  std::size_t fields_;
};

}  // namespace hedgerow::intake
