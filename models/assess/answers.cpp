#include "models/assess/answers.hpp"

#include "engine/run/blocks.hpp"
#include "models/assess/columns/spread_columns.hpp"
#include "models/assess/paths/played_study.hpp"
#include "models/assess/tail_replay.hpp"

namespace hedgerow::models {
namespace {

PathStory story_of(const PlayedStudy& played, StrategyId strategy) {
  const Located located = locate(played.store(), strategy, PathStory::level);
  return {StoryTeller(played.simulation(), strategy).tell(located.path),
          neighbourhood(played.simulation(), strategy, located.neighbours)};
}

/// What needs paths of its own, as many as the study played. Collective where there are others. False where
/// one of them was asked to stop.
bool add_what_ifs(const Study& study, std::uint64_t paths, const AssessOptions& options,
                  ranks::Communicator* others, Answers& answers) {
  Study played = study;
  played.simulation.paths = paths;
  const std::uint64_t few = what_if_paths(played.simulation);
  try {
    answers.waterfalls = waterfalls(played, few, options.threads, options.cancellation, others);
    answers.break_evens = break_evens(played, few, options.threads, options.cancellation, others);
    answers.parameter_uncertainty = parameter_uncertainty(played, options, others);
  } catch (const Stopped&) {
    answers.waterfalls.clear();
    return false;
  }
  return split_paths(played) == 0 || !answers.parameter_uncertainty.empty();
}

}  // namespace

Answers answer(const PlayedStudy& played, const AssessOptions& options) {
  Answers answers;
  answers.scenario = std::make_shared<const Scenario>(played.scenario());
  answers.assessment = assess(played, options);
  answers.stories.resize(answers.scenario->strategies.size());
  run::run_tasks(answers.stories.size(), played.store().threads(options.threads),
                 [&](std::size_t s) { answers.stories[s] = story_of(played, StrategyId(s)); });
  answers.single_points = single_points(played.study());
  answers.corridors = corridors(played.study(), options.threads);
  if (answers.assessment.complete)
    answers.assessment.complete = add_what_ifs(played.study(), answers.assessment.paths, options,
                                               played.store().call(Joint::what_ifs), answers);
  if (options.cancellation && options.cancellation->requested()) answers.assessment.complete = false;
  return answers;
}

void help_to_answer(const PlayedStudy& played, const AssessOptions& options,
                    ranks::Communicator& communicator) {
  const DrawnPaths drawn = played.drawn();
  serve(played.paths(), communicator, [&](Joint what) {
    if (what == Joint::replay) {
      TailReplay(played.simulation(), played.paths(), drawn).run(options.threads, &communicator);
      return;
    }
    Answers none;
    add_what_ifs(played.study(), played.study().simulation.paths, options, &communicator, none);
  });
}

Answers answer(const Study& study, const AssessOptions& options) {
  return answer(PlayedStudy(study, options), options);
}

}  // namespace hedgerow::models
