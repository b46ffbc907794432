#include "apps/results/story.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "apps/results/calendar.hpp"
#include "apps/results/format.hpp"

namespace hedgerow::results {
namespace {

using namespace models;

/// Amounts as whole numbers of the last printed digit, so that they add up as printed.
class RoundedSum {
 public:
  RoundedSum(const Story& story, double digit) {
    plan_ = std::llround(story.plan / digit);
    total_ = std::llround(story.total / digit);
    long long missing = total_ - plan_;
    std::vector<double> left;  // what rounding down took from each amount
    for (const StoryEvent& event : story.events) {
      const double exact = event.amount / digit, down = std::floor(exact);
      events_.push_back(static_cast<long long>(down));
      left.push_back(exact - down);
      missing -= events_.back();
    }
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < left.size(); ++i)
      if (story.events[i].amount != 0.0) order.push_back(i);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return left[a] > left[b]; });
    // The largest remainders are rounded up, until the sum is right.
    for (std::size_t i = 0; missing > 0 && !order.empty(); i = (i + 1) % order.size(), --missing)
      ++events_[order[i]];
    for (std::size_t i = 0; missing < 0 && !order.empty(); i = (i + 1) % order.size(), ++missing)
      --events_[order[order.size() - 1 - i]];
  }
  long long plan() const { return plan_; }
  long long total() const { return total_; }
  long long event(std::size_t i) const { return events_[i]; }

 private:
  long long plan_, total_;
  std::vector<long long> events_;
};

std::string signed_number(double value, int decimals) {
  const std::string text = number(value, decimals);
  const bool zero = text.find_first_not_of("0. ") == std::string::npos;
  return value > 0.0 && !zero ? "+" + text : text;
}

int decimals_of(Scale scale) { return scale.unit > 1.0 ? 3 : 2; }

/// The smallest amount that is printed.
double last_digit(Scale scale) { return scale.unit * std::pow(10.0, -decimals_of(scale)); }

struct Line {
  std::string when, what, amount;
};

/// Of the strategy's paths, as many of a hundred.
std::string percent_of_paths(double fraction) { return pad_left(number(100.0 * fraction, 0), 3) + " %"; }

std::string cause_words(Cause cause, const std::string& who) {
  switch (cause) {
    case Cause::commercial:
      return "prices and contracts at " + who;
    case Cause::region_outage:
      return "outages of regions at " + who;
    case Cause::provider_outage:
      return "outages of all of " + who;
    case Cause::shared_outage:
      return "outages of what is shared, at " + who;
    case Cause::industry_frailty:
      return "bad years of the whole industry, at " + who;
    case Cause::divergence:
      return who + " turning away";
    case Cause::contagion:
      break;
  }
  return who + " turning away because others have";
}

}  // namespace

Scale story_scale(const Story& story) {
  Scale scale = scale_for(std::max(std::abs(story.total), std::abs(story.plan)));
  const auto hides = [&](const StoryEvent& event) {
    const double amount = std::abs(event.amount);
    return amount >= 1.0 && amount < last_digit(scale);
  };
  while (std::any_of(story.events.begin(), story.events.end(), hides))
    scale = scale_for(scale.unit / 100.0);  // the next finer one, down to 1, whose last digit is smaller
  return scale;
}

std::string story_text(const Scenario& scenario, const Story& story, Scale scale, bool colour) {
  const int decimals = decimals_of(scale);
  const double digit = last_digit(scale);
  const RoundedSum rounded(story, digit);
  const double shown = std::pow(10.0, -decimals);
  std::vector<Line> lines{{"", "plan", number(static_cast<double>(rounded.plan()) * shown, decimals)}};
  for (std::size_t i = 0; i < story.events.size(); ++i) {
    const StoryEvent& event = story.events[i];
    const std::string amount =
        event.amount == 0.0 ? "" : signed_number(static_cast<double>(rounded.event(i)) * shown, decimals);
    lines.push_back({event.count > 1 ? "" : month_name(scenario, event.from),
                     event_words(scenario, story, event), amount});
  }
  lines.push_back({"", "total", number(static_cast<double>(rounded.total()) * shown, decimals)});

  const std::string head =
      fmt::format("[{}, present values]", unit_name(scale, printable(scenario.currency)));
  std::size_t what = 0, amount = 0;
  for (const Line& line : lines) {
    what = std::max(what, width_of(line.what));
    amount = std::max(amount, width_of(line.amount));
  }
  const std::size_t width = std::max(what + 2 + amount, width_of(head));
  std::string text = std::string(9, ' ') + pad_left(head, width) + "\n";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool strong = colour && (i == 0 || i + 1 == lines.size());
    std::string line = pad_right(lines[i].when, 9) + lines[i].what;
    if (!lines[i].amount.empty()) line += pad_left(lines[i].amount, width - width_of(lines[i].what));
    text += strong ? "\033[1m" + line + "\033[0m\n" : line + "\n";
  }
  return text;
}

std::string neighbourhood_text(const Scenario& scenario, const Neighbourhood& around, Scale scale,
                               std::size_t most) {
  constexpr double worth_saying = 0.05;
  if (around.paths == 0) return "";
  const auto money = [&](double amount) {
    return fmt::format(
        "{} {}", number(amount / scale.unit, decimals_for_unknown_error(around.mean_total / scale.unit) + 1),
        unit_name(scale, printable(scenario.currency)));
  };
  std::vector<std::pair<double, std::string>> lines;  // how many of the paths, and what they have in common
  const auto add = [&](double fraction, std::string what) {
    if (fraction >= worth_saying) lines.emplace_back(fraction, std::move(what));
  };
  for (const RelationFrequency& relation : around.providers) {
    const std::string who = printable(scenario.providers[relation.provider].name);
    add(relation.severed, fmt::format("lose {} by severance", who));
    if (relation.rival - relation.severed >= worth_saying)
      add(relation.rival, fmt::format("have {} turn rival or break off", who));
    add(relation.scarce_signing, fmt::format("sign again with {} while capacity is scarce", who));
  }
  for (const CauseFrequency& cause : around.causes)
    add(cause.fraction,
        fmt::format("owe {:.0f} % or more of what they cost above plan to {} ({} on average)",
                    100.0 * Neighbourhood::matters_from,
                    cause_words(cause.cause, printable(scenario.providers[cause.provider].name)),
                    money(cause.mean_amount)));
  std::stable_sort(lines.begin(), lines.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::string text = fmt::format("Of the {} of about this cost ({} on average):\n",
                                 counted(around.paths, "path", "paths"), money(around.mean_total));
  for (std::size_t i = 0; i < std::min(most, lines.size()); ++i)
    text += fmt::format("  {} {}\n", percent_of_paths(lines[i].first), lines[i].second);
  if (lines.empty()) text += "  nothing that happens on more than a few of them\n";
  return text;
}

}  // namespace hedgerow::results
