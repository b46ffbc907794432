#pragma once
// Every question of a study answered: the distributions, and what they mean for the decision.

#include <memory>
#include <vector>

#include "models/assess/assess.hpp"
#include "models/assess/parameter_uncertainty.hpp"
#include "models/assess/story/locate.hpp"
#include "models/assess/story/neighbourhood.hpp"
#include "models/assess/story/story.hpp"
#include "models/assess/what_if/break_even.hpp"
#include "models/assess/what_if/corridor.hpp"
#include "models/assess/what_if/single_points.hpp"
#include "models/assess/what_if/waterfall.hpp"

namespace hedgerow::models {

/// The path that stands for the bad futures of a strategy: the 1-in-100 one.
struct PathStory {
  static constexpr double level = 0.99;  ///< quantile of the total cost
  Story story;
  Neighbourhood around;  ///< the paths of about the same cost
};

struct Answers {
  std::shared_ptr<const Scenario> scenario;  ///< what the ids of the stories refer to
  Assessment assessment;
  std::vector<PathStory> stories;           ///< one by strategy
  std::vector<SinglePoints> single_points;  ///< one by strategy
  std::vector<Corridor> corridors;
  std::vector<Waterfall> waterfalls;   ///< by strategy but the first; empty after a cancellation
  std::vector<BreakEven> break_evens;  ///< empty after a cancellation
  std::vector<ParameterUncertainty> parameter_uncertainty = {};  ///< one by strategy; empty: not asked for
};

class PlayedStudy;

/// Throws as assess() does. A cancellation between the paths and the what-ifs leaves the what-ifs out and
/// the assessment incomplete.
Answers answer(const Study& study, const AssessOptions& options);

/// The same of paths that are played already: of a whole study, not of a shard.
Answers answer(const PlayedStudy& played, const AssessOptions& options);

/// Of every other rank while rank 0 answers from rows that are spread: tells it what it asks, and plays with
/// it.
void help_to_answer(const PlayedStudy& played, const AssessOptions& options,
                    ranks::Communicator& communicator);

}  // namespace hedgerow::models
