#include <nlohmann/json.hpp>

#include "apps/diff/render.hpp"

namespace hedgerow::diff {
namespace {

using Json = nlohmann::ordered_json;

Json text(const std::optional<std::string>& of) { return of ? Json(*of) : Json(nullptr); }
Json number(const std::optional<double>& of) { return of ? Json(*of) : Json(nullptr); }

Json side_json(const Side& of) {
  return {
      {"file", of.file},     {"title", of.title}, {"engine", of.engine}, {"git_revision", of.git_revision},
      {"config", of.config}, {"seed", of.seed},   {"paths", of.paths},   {"complete", of.complete}};
}

Json texts(const std::vector<TextChange>& of) {
  Json all = Json::array();
  for (const TextChange& change : of)
    all.push_back({{"name", change.name}, {"old", text(change.before)}, {"new", text(change.after)}});
  return all;
}

Json optional_text(const std::optional<TextChange>& of) {
  return of ? Json{{"old", text(of->before)}, {"new", text(of->after)}} : Json(nullptr);
}

Json inputs(const std::vector<InputChange>& of) {
  Json all = Json::array();
  for (const InputChange& input : of) {
    const auto side = [](const std::optional<std::string>& value, const std::string& origin,
                         const std::string& source) {
      return value ? Json{{"value", *value}, {"origin", origin}, {"source", source}} : Json(nullptr);
    };
    all.push_back({{"path", input.path},
                   {"old", side(input.before, input.origin_before, input.source_before)},
                   {"new", side(input.after, input.origin_after, input.source_after)}});
  }
  return all;
}

Json number_json(const NumberChange& of) {
  return {{"group", of.group},
          {"name", of.name},
          {"pointer", of.pointer},
          {"old", number(of.before)},
          {"new", number(of.after)},
          {"difference", number(of.difference)},
          {"se", number(of.se)},
          {"standard_errors", number(of.in_standard_errors)},
          {"relative", number(of.relative)},
          {"p_adjusted", number(of.p_adjusted)},
          {"paired", of.paired},
          {"verdict", name_of(of.verdict)}};
}

Json counts(const Diff& diff, bool headline) {
  Json all = Json::object();
  for (const Verdict verdict : {Verdict::moved, Verdict::noise, Verdict::unknown, Verdict::same}) {
    std::size_t n = 0;
    for (const NumberChange& change : diff.numbers)
      n += change.headline == headline && change.verdict == verdict;
    all[std::string(name_of(verdict))] = n;
  }
  return all;
}

}  // namespace

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::same:
      return "same";
    case Verdict::noise:
      return "noise";
    case Verdict::moved:
      return "moved";
    case Verdict::unknown:
      break;
  }
  return "unknown";
}

std::string_view name_of(Sampling sampling) {
  switch (sampling) {
    case Sampling::independent:
      return "independent";
    case Sampling::common:
      return "common";
    case Sampling::identical:
      return "identical";
    case Sampling::paired:
      break;
  }
  return "paired";
}

Json as_json(const Diff& diff) {
  Json headlines = Json::array(), others = Json::array();
  for (const NumberChange& change : diff.numbers)
    if (change.headline)
      headlines.push_back(number_json(change));
    else if (change.verdict != Verdict::same)
      others.push_back(number_json(change));
  return {{"format", "hedgerow-diff/1"},
          {"old", side_json(diff.before)},
          {"new", side_json(diff.after)},
          {"currency", diff.currency},
          {"other_currency", optional_text(diff.other_currency)},
          {"other_horizon", optional_text(diff.other_horizon)},
          {"sampling", name_of(diff.sampling)},
          {"family_level", family_level},
          {"limits", texts(diff.limits)},
          {"run", texts(diff.run)},
          {"inputs", inputs(diff.inputs)},
          {"added", diff.added},
          {"gone", diff.gone},
          {"counts", {{"headlines", counts(diff, true)}, {"others", counts(diff, false)}}},
          {"headlines", std::move(headlines)},
          {"others", std::move(others)},
          {"verdicts", texts(diff.words)}};
}

}  // namespace hedgerow::diff
