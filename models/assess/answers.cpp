#include "models/assess/answers.hpp"

#include "engine/run/blocks.hpp"
#include "models/assess/played_study.hpp"

namespace hedgerow::models {
namespace {

PathStory story_of(const PlayedStudy& played, StrategyId strategy) {
  const Located located = locate(played.paths().columns()[strategy.value].total_cost, PathStory::level);
  return {StoryTeller(played.simulation(), strategy).tell(located.path),
          neighbourhood(played.simulation(), strategy, located.neighbours)};
}

/// What needs paths of its own, as many as the study played.
void add_what_ifs(const Study& study, const AssessOptions& options, Answers& answers) {
  Study played = study;
  played.simulation.paths = answers.assessment.paths;
  const std::uint64_t paths = what_if_paths(played.simulation);
  try {
    answers.waterfalls = waterfalls(played, paths, options.threads, options.cancellation);
    answers.break_evens = break_evens(played, paths, options.threads, options.cancellation);
    answers.parameter_uncertainty = parameter_uncertainty(played, options);
  } catch (const Stopped&) {
    answers.waterfalls.clear();
  }
}

}  // namespace

Answers answer(const PlayedStudy& played, const AssessOptions& options) {
  Answers answers;
  answers.scenario = std::make_shared<const Scenario>(played.scenario());
  answers.assessment = assess(played, options);
  answers.stories.resize(answers.scenario->strategies.size());
  run::run_tasks(answers.stories.size(), options.threads,
                 [&](std::size_t s) { answers.stories[s] = story_of(played, StrategyId(s)); });
  answers.single_points = single_points(played.study());
  answers.corridors = corridors(played.study(), options.threads);
  if (answers.assessment.complete) add_what_ifs(played.study(), options, answers);
  if (options.cancellation && options.cancellation->requested()) answers.assessment.complete = false;
  return answers;
}

Answers answer(const Study& study, const AssessOptions& options) {
  return answer(PlayedStudy(study, options), options);
}

}  // namespace hedgerow::models
