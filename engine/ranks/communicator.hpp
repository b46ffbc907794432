#pragma once
// Processes that work on one run together, on one host or on many, in the terms of MPI: each is a rank.

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace hedgerow::ranks {

/// Messages between the ranks of a run. Collective functions are called by every rank, in the same order.
class Communicator {
 public:
  virtual ~Communicator() = default;

  virtual unsigned rank() const = 0;  ///< of this process, from 0 to size() - 1
  virtual unsigned size() const = 0;
  /// The ranks on this host in ascending order, this one among them.
  virtual const std::vector<unsigned>& on_this_host() const = 0;

  static constexpr std::size_t largest_message = std::size_t{1} << 20;  ///< [byte]

  /// Hands at most largest_message bytes to another rank, which waits for them, or will.
  virtual void send(unsigned to, std::span<const std::byte> message) = 0;
  /// Waits for the next message of `from`; says how many of `bytes`, which has room for any, it fills.
  virtual std::size_t receive(unsigned from, std::span<std::byte> bytes) = 0;

  /// Collective: the texts of all ranks, by rank.
  virtual std::vector<std::string> all_gather(const std::string& ours) = 0;

  /// Asks all other ranks to stop playing; they see it in asked_to_stop().
  virtual void ask_to_stop() = 0;
  /// May be called by any thread while no other one of this rank uses the communicator.
  virtual bool asked_to_stop() = 0;

  /// Ends the processes of all ranks at once, this one too, with this exit code.
  virtual void end_job(int exit_code) = 0;
};

/// The ranks that this process was started among. Null where this program is built without MPI.
std::unique_ptr<Communicator> join();

}  // namespace hedgerow::ranks
