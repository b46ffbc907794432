#include "models/incident/cluster.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "engine/base/check.hpp"
#include "engine/base/quantity.hpp"

namespace hedgerow::models {
namespace {

/// A posting with its end made out.
struct Episode {
  const Posting* posting;
  double until;  // [h since 1970]: covered at least so long
  bool ends;     // there, as the log says
  bool ongoing;
};

double longest(const std::vector<Posting>& postings) {
  double hours = 0.0;
  for (const Posting& p : postings)
    if (p.end) hours = std::max(hours, *p.end - p.start);
  return hours;
}

bool is_ongoing(const Posting& posting, OpenEnd open_end, double log_end, double longest_hours) {
  if (posting.end) return *posting.end > log_end;
  if (open_end == OpenEnd::automatic) return log_end - posting.start <= longest_hours;
  return open_end == OpenEnd::ongoing;
}

std::vector<Episode> episodes(const std::vector<Posting>& postings, OpenEnd open_end, double log_end) {
  const double longest_hours = longest(postings);
  std::vector<Episode> all;
  for (const Posting& p : postings) {
    validate(!p.end || *p.end >= p.start, "a posting ends before it starts");
    if (p.start >= log_end) continue;
    const bool ongoing = is_ongoing(p, open_end, log_end, longest_hours);
    all.push_back({&p, ongoing ? log_end : p.end.value_or(p.start), p.end && !ongoing, ongoing});
  }
  std::stable_sort(all.begin(), all.end(), [](const Episode& a, const Episode& b) {
    return std::tie(a.posting->place, a.posting->start) < std::tie(b.posting->place, b.posting->start);
  });
  return all;
}

/// An event that is being put together.
class Draft {
 public:
  bool takes(const Episode& e, const std::optional<double>& gap) const {
    return gap && event_.postings > 0 && event_.place == e.posting->place &&
           e.posting->start <= until_ + *gap;
  }
  void add(const Episode& e) {
    if (event_.postings++ == 0) {
      event_.start = e.posting->start;
      event_.place = e.posting->place;
    }
    until_ = std::max(until_, e.until);
    event_.ongoing = event_.ongoing || e.ongoing;
    if (e.ends) event_.end = std::max(event_.end.value_or(e.until), e.until);
    names_.insert(e.posting->services.begin(), e.posting->services.end());
    event_.services = std::max({event_.services, names_.size(), e.posting->service_count, std::size_t{1}});
  }
  IncidentEvent event() const {
    IncidentEvent event = event_;
    if (event.ongoing) event.end.reset();
    return event;
  }

 private:
  IncidentEvent event_{};
  double until_ = -INFINITY;
  std::set<std::string> names_;
};

}  // namespace

double LogWindow::years() const { return (end - begin) / hours_per_year; }

std::vector<IncidentEvent> cluster(const std::vector<Posting>& postings, const ClusterRule& rule,
                                   double log_end) {
  validate(!rule.gap || *rule.gap >= 0.0, "the gap between postings of one event must not be negative");
  std::vector<IncidentEvent> events;
  const auto close = [&](const Draft& draft) {
    const IncidentEvent event = draft.event();
    if (event.postings > 0 && event.services >= rule.minimum_services) events.push_back(event);
  };
  Draft draft;
  for (const Episode& e : episodes(postings, rule.open_end, log_end)) {
    if (!draft.takes(e, rule.gap)) {
      close(draft);
      draft = Draft();
    }
    draft.add(e);
  }
  close(draft);
  std::stable_sort(events.begin(), events.end(),
                   [](const IncidentEvent& a, const IncidentEvent& b) { return a.start < b.start; });
  return events;
}

}  // namespace hedgerow::models
