#pragma once
// What a status page or an incident log says happened.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace hedgerow::models {

/// One posted incident, as filtered for the buyer's question.
struct Posting {
  double start;               ///< [h since 1970]
  std::optional<double> end;  ///< [h since 1970], >= start; nothing: no end was posted
  std::string place;          ///< postings of one place may tell of one event
  std::vector<std::string> services;
  std::size_t service_count = 0;  ///< where the log counts services that it does not name
};

/// The time over which the log was kept.
struct LogWindow {
  double begin, end;  ///< [h since 1970], begin < end

  double years() const;  ///< of 8760 h
  bool contains(double time) const { return begin <= time && time < end; }
};

/// What a posting without an end means.
enum class OpenEnd {
  automatic,  ///< ongoing, unless it would have lasted longer by now than any that has an end: then unknown
  ongoing,    ///< it lasted at least to the end of the log: its duration is censored there
  unknown     ///< it ended some time: it counts as an event but not as a duration
};

/// Postings of one place that overlap or nearly do.
struct IncidentEvent {
  double start;               ///< of the first posting [h since 1970]
  std::optional<double> end;  ///< of the last posting that has one [h since 1970]
  bool ongoing = false;       ///< it lasts beyond the end of the log
  std::string place;
  std::size_t postings = 0;
  std::size_t services = 0;  ///< different ones; 1 where the log names and counts none
};

}  // namespace hedgerow::models
