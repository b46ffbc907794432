#include "apps/fit/fragment.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "apps/config/utf8.hpp"
#include "apps/import/moment.hpp"
#include "apps/results/format.hpp"

namespace hedgerow::fitting {
namespace {

using results::counted;

/// A text in double quotes, which YAML reads as JSON does.
std::string quoted(const std::string& text) { return nlohmann::json(config::utf8::printable(text)).dump(); }

std::string comment(const std::string& text) { return "# " + config::utf8::printable(text) + "\n"; }

/// Lines of a block at a depth, a posterior as key or comment.
class Block {
 public:
  explicit Block(Posterior posterior) : posterior_(posterior) {}

  void line(std::size_t depth, const std::string& line) {
    text_ += std::string(2 * depth, ' ') + line + "\n";
  }
  void posterior(std::size_t depth, const std::string& map) {
    line(depth, (posterior_ == Posterior::as_keys ? "" : "# ") + ("posterior: " + map));
  }
  bool has_keys() const { return posterior_ == Posterior::as_keys; }
  const std::string& text() const { return text_; }

 private:
  Posterior posterior_;
  std::string text_;
};

std::string indented(const std::string& lines, std::size_t blanks) {
  std::string text, line;
  for (std::istringstream each(lines); std::getline(each, line);)
    text += std::string(blanks, ' ') + line + "\n";
  return text;
}

std::string preamble(const Answer& answer) {
  const models::RateFit& rate = answer.rate;
  std::string text = comment(answer.question.command);
  text += comment(fmt::format("{} of {} to {}, {:.3g} years of the log; {} of it would hit you{}",
                              counted(rate.events, "event", "events"), intake::day_text(answer.window.begin),
                              intake::day_text(answer.window.end), rate.exposure,
                              fmt::format("{:.3g} %", 100.0 * rate.applies),
                              answer.question.applies ? "" : ", which is assumed"));
  text += comment("Paste it into a region, a provider or a shared dependency.");
  for (const Doubt& doubt : answer.doubts) text += comment("doubt: " + doubt.text);
  return text;
}

std::string source_of(const Answer& answer, const std::string& what) {
  return quoted(fmt::format("hedgerow fit {}: {}", answer.question.file, what));
}

void put_rate(Block& block, const Answer& answer) {
  const fit::RatePosterior& posterior = answer.rate.posterior;
  const measure::Interval interval = posterior.interval();
  const std::string law =
      fmt::format("{{events: {:.6g}, exposure: {:.6g}yr}}", posterior.events, posterior.exposure);
  const std::string source =
      source_of(answer, fmt::format("{} in {:.3g} yr, {:.3g} % apply; 95 % {:.3g} to {:.3g}/yr",
                                    counted(answer.rate.events, "event", "events"), answer.rate.exposure,
                                    100.0 * answer.rate.applies, *interval.lower, *interval.upper));
  block.line(1, fmt::format("rate: {{value: {:.6g}/yr, {}source: {}}}", posterior.mean(),
                            block.has_keys() ? "posterior: " + law + ", " : "", source));
  if (!block.has_keys()) block.line(1, "# posterior of the rate: " + law);
}

void put_parameter(Block& block, std::size_t depth, const Answer& answer, const models::FittedParameter& p) {
  const bool is_hours = p.name == "median" || p.name == "scale" || p.name == "tail_scale";
  block.line(depth, fmt::format("{}: {{value: {:.6g}{}, source: {}}}", p.name, p.value, is_hours ? "h" : "",
                                source_of(answer, fmt::format("95 % {:.3g} to {:.3g}{}", *p.interval.lower,
                                                              *p.interval.upper, is_hours ? " h" : ""))));
}

std::string spread_text(const std::string& first, const std::string& second,
                        const fit::Covariance& covariance) {
  const Spread spread = spread_of(covariance);
  return fmt::format("{{{}: {:.4g}, {}: {:.4g}, correlation: {:.4g}}}", first, spread.first, second,
                     spread.second, spread.correlation);
}

void put_body(Block& block, std::size_t depth, const Answer& answer, const models::FittedDuration& fitted) {
  const bool is_lognormal = fitted.parameters.front().name == "median";
  block.line(depth, is_lognormal ? "lognormal:" : "weibull:");
  if (fitted.name == "exponential") block.line(depth + 1, "shape: 1  # exponential: not fitted");
  for (const models::FittedParameter& p : fitted.parameters)
    if (p.name.find("tail") == std::string::npos) put_parameter(block, depth + 1, answer, p);
  block.posterior(depth + 1, is_lognormal ? spread_text("log_median", "log_sigma", fitted.covariance)
                                          : spread_text("log_shape", "log_scale", fitted.covariance));
}

void put_spliced(Block& block, const Answer& answer, const models::FittedDuration& fitted,
                 const models::SplicedDuration& law) {
  block.line(2, "spliced:");
  block.line(3, "body:");
  put_body(block, 4, answer, fitted);
  block.line(3, fmt::format("threshold: {{value: {:.6g}, source: {}}}", law.threshold.value,
                            source_of(answer, fmt::format("below {:.3g} h", *fitted.threshold))));
  for (const models::FittedParameter& p : fitted.parameters)
    if (p.name.find("tail") != std::string::npos) put_parameter(block, 3, answer, p);
  block.posterior(3, spread_text("tail_index", "log_tail_scale", *fitted.tail_covariance));
}

void put_duration(Block& block, const Answer& answer) {
  const models::FittedDuration* fitted = answer.chosen();
  if (fitted == nullptr) {
    block.line(
        1, "duration: {lognormal: {median: 2h, sigma: 1.2}}  # assumed: the log tells no law of durations");
    return;
  }
  block.line(1,
             fmt::format("duration:  # {} of {} tried, AIC {:.1f}; mean {:.3g} h, 99 % below {:.3g} h",
                         fitted->name, answer.durations.laws.size(), fitted->aic, fitted->mean, fitted->p99));
  if (const auto* spliced = std::get_if<models::SplicedDuration>(&fitted->law))
    return put_spliced(block, answer, *fitted, *spliced);
  put_body(block, 2, answer, *fitted);
}

void put_frailty(Block& block, const models::RateFit& rate) {
  if (!rate.overdispersed) return;
  block.line(
      1,
      "# Years differ. To have it so, add these, and `log` to the frailty block at the top of the config:");
  block.line(1, "# frailty: {log: 1}");
  block.line(1, fmt::format("# at the top:  frailty: {{log: {{variance: {:.3g}}}}}",
                            rate.negative_binomial->variance));
}

}  // namespace

Spread spread_of(const fit::Covariance& covariance) {
  const double first = std::sqrt(covariance.first), second = std::sqrt(covariance.second);
  const double correlation = first > 0.0 && second > 0.0 ? covariance.cross / (first * second) : 0.0;
  return {first, second, std::abs(correlation) < 1e-6 ? 0.0 : correlation};  // what rounding leaves
}

std::string as_fragment(const Answer& answer, Posterior posterior, std::size_t indent) {
  Block block(posterior);
  block.line(0, "outages:");
  put_rate(block, answer);
  put_duration(block, answer);
  put_frailty(block, answer.rate);
  return indented(preamble(answer) + block.text(), indent);
}

}  // namespace hedgerow::fitting
