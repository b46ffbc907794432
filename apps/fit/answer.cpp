#include "apps/fit/answer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "apps/config/spelling.hpp"
#include "apps/import/moment.hpp"
#include "engine/base/check.hpp"

namespace hedgerow::fitting {
namespace {

using intake::SeenWords;

void require_known(const std::vector<std::string>& wanted, const SeenWords& seen, std::string_view option) {
  const std::vector<std::string_view> known(seen.begin(), seen.end());
  for (const std::string& word : wanted)
    if (config::edit_distance(word, config::nearest(word, known)) > 0)
      throw InvalidInput(
          fmt::format("--{} {}: the log has none ({})", option, word, config::suggestion(word, known)));
}

/// Names what the log has instead of what was asked for.
[[noreturn]] void nothing_left(const intake::IncidentLog& log, const intake::IncidentFilter& filter) {
  require_known(filter.providers, log.providers, "provider");
  require_known(filter.regions, log.regions, "region");
  require_known(filter.severities, log.severities, "severity");
  throw InvalidInput(fmt::format("none of the {} records of the log passes the filter", log.records));
}

/// The end of the minute of the last time, so that what began then is still in the log.
constexpr double minute = 1.0 / 60.0;

models::LogWindow window_of(const Question& question, const intake::IncidentLog& log) {
  const models::LogWindow window{question.from.value_or(log.first.value_or(0.0)),
                                 question.until.value_or(log.last.value_or(0.0) + minute)};
  if (window.end - window.begin < 24.0)
    throw InvalidInput(fmt::format("the log covers {} to {} (must be a day at least; say --from and --until)",
                                   intake::minute_text(window.begin), intake::minute_text(window.end)));
  return window;
}

}  // namespace

Answer answer(Question question, intake::IncidentLog log) {
  if (log.postings.empty()) nothing_left(log, question.reading.filter);
  Answer answer{std::move(question), std::move(log), {}, 0, {}, {}, {}};
  answer.window = window_of(answer.question, answer.log);
  std::vector<models::IncidentEvent> events =
      models::cluster(answer.log.postings, answer.question.cluster, answer.window.end);
  answer.events_outside =
      std::erase_if(events, [&](const models::IncidentEvent& e) { return !answer.window.contains(e.start); });
  answer.rate = models::fit_rate(events, answer.window, answer.question.applies.value_or(1.0),
                                 answer.question.prior.law());
  answer.durations = models::fit_durations(events, answer.window);
  answer.doubts = doubts_about(answer);
  return answer;
}

}  // namespace hedgerow::fitting
