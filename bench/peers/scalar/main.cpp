// The article's model as a buyer's own program: std::mt19937_64, std::*_distribution, structs and loops.
//
// usage: bench_peer_scalar MODEL.json PATHS SEED THREADS      prints means and tails as JSON

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <thread>

#include "bench/peers/scalar/costs.hpp"
#include "bench/peers/scalar/summary.hpp"

namespace {

/// Costs of all strategies on `paths` paths, by strategy and path.
std::vector<std::vector<peer::Costs>> simulate(const peer::Model& model, std::size_t paths,
                                               std::uint64_t seed) {
  peer::Random random(seed);
  peer::World world;
  std::vector<peer::Play> plays;
  for (const peer::Strategy& strategy : model.strategies) plays.push_back({model, strategy, world});
  std::vector<std::vector<peer::Costs>> costs(plays.size());
  for (auto& column : costs) column.reserve(paths);
  for (std::size_t path = 0; path < paths; ++path) {
    peer::sample(model, random, world);
    for (std::size_t s = 0; s < plays.size(); ++s) {
      plays[s].evaluate(random);
      costs[s].push_back(plays[s].costs);
    }
  }
  return costs;
}

/// The same on several threads, each with a generator of its own.
std::vector<std::vector<peer::Costs>> simulate(const peer::Model& model, std::size_t paths,
                                               std::uint64_t seed, unsigned threads) {
  std::vector<std::vector<std::vector<peer::Costs>>> parts(threads);
  std::vector<std::thread> workers;
  for (unsigned t = 0; t < threads; ++t)
    workers.emplace_back([&, t] {
      parts[t] = simulate(model, paths * (t + 1) / threads - paths * t / threads, seed + 1'000'003 * t);
    });
  for (std::thread& worker : workers) worker.join();
  for (unsigned t = 1; t < threads; ++t)
    for (std::size_t s = 0; s < parts[0].size(); ++s)
      parts[0][s].insert(parts[0][s].end(), parts[t][s].begin(), parts[t][s].end());
  return parts[0];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fprintf(stderr, "usage: bench_peer_scalar MODEL.json PATHS SEED THREADS\n");
    return 2;
  }
  try {
    const peer::Model model = peer::read_model(argv[1]);
    const auto costs =
        simulate(model, std::strtoull(argv[2], nullptr, 10), std::strtoull(argv[3], nullptr, 10),
                 static_cast<unsigned>(std::strtoul(argv[4], nullptr, 10)));
    std::puts(peer::summary(model, costs).c_str());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_peer_scalar: %s\n", error.what());
    return 1;
  }
}
