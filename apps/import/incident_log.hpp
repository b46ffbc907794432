#pragma once
// An incident log: the postings that a question is about, and what the whole log holds.

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "apps/import/incident_columns.hpp"
#include "models/incident/posting.hpp"

namespace hedgerow::intake {

/// Which postings to keep; an empty list keeps all. Upper and lower case are the same.
struct IncidentFilter {
  std::vector<std::string> providers;
  std::vector<std::string> regions;  ///< a posting of several regions is kept where any of them is wanted
  /// A severity of the log, or one of its parts: high keeps high/SERVICE_OUTAGE.
  std::vector<std::string> severities;
};

/// What a log says in a column that can be filtered by, for messages; not more than a thousand.
using SeenWords = std::set<std::string>;

struct IncidentLog {
  std::vector<models::Posting> postings;  ///< that passed the filter, in the order of the file
  std::uint64_t records = 0;              ///< of the file, without its header
  std::uint64_t bad_records = 0;          ///< left out, if that was asked for
  std::uint64_t without_region = 0;       ///< postings that name no region, where none was asked for
  std::uint64_t without_zone = 0;         ///< times that said no offset, taken as UTC
  std::optional<double> first, last;      ///< of all times of all records [h since 1970]
  SeenWords providers, regions, severities;
  SeenWords kept_providers;  ///< of the postings
};

struct IncidentReading {
  ColumnMapping columns;
  IncidentFilter filter;
  bool needs_services = false;    ///< events of few services are to be left out
  bool skip_bad_records = false;  ///< count them and go on instead of throwing
};

/// Reads the whole log, keeping only `postings`. Every record is checked, whether or not it is kept, and
/// every error counted. Throws BadData at the end, or at once where the text is no CSV or a needed column is
/// missing.
IncidentLog read_incidents(CsvReader& csv, const IncidentReading& reading);

}  // namespace hedgerow::intake
