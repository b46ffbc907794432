#pragma once
// From postings to events: a failure that ten services post is one event.

#include "models/incident/posting.hpp"

namespace hedgerow::models {

struct ClusterRule {
  /// Postings of one place are one event where the next begins no later than so long after all before it have
  /// ended [h], >= 0. Nothing: each posting is an event.
  std::optional<double> gap = 0.5;
  std::size_t minimum_services = 1;  ///< events of fewer different services are left out
  OpenEnd open_end = OpenEnd::automatic;
};

/// Events in order of their starts (then of their places). `log_end` [h since 1970]: until when the log was
/// kept; what begins later is left out, and what ends later is ongoing. @throws InvalidInput where a posting
/// ends before it starts or the gap is negative.
std::vector<IncidentEvent> cluster(const std::vector<Posting>& postings, const ClusterRule& rule,
                                   double log_end);

}  // namespace hedgerow::models
