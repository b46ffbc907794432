// Ranks under mpirun, through Boost.MPI. Whatever goes wrong between them ends the job: MPI says what it was.

#include <boost/mpi.hpp>
#include <chrono>
#include <thread>

#include "engine/ranks/communicator.hpp"

namespace hedgerow::ranks {
namespace {

namespace mpi = boost::mpi;

constexpr int numbers_tag = 1, stop_tag = 2;

class MpiCommunicator : public Communicator {
 public:
  MpiCommunicator() : environment_(mpi::threading::serialized, /*abort_on_exception=*/false) {
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_ARE_FATAL);
    MPI_Comm host = MPI_COMM_NULL;
    MPI_Comm_split_type(world_, MPI_COMM_TYPE_SHARED, world_.rank(), MPI_INFO_NULL, &host);
    mpi::all_gather(mpi::communicator(host, mpi::comm_take_ownership), rank(), on_this_host_);
  }

  unsigned rank() const override { return static_cast<unsigned>(world_.rank()); }
  unsigned size() const override { return static_cast<unsigned>(world_.size()); }
  const std::vector<unsigned>& on_this_host() const override { return on_this_host_; }

  void send(unsigned to, std::span<const std::byte> message) override {
    world_.send(static_cast<int>(to), numbers_tag, reinterpret_cast<const char*>(message.data()),
                static_cast<int>(message.size()));
  }

  std::size_t receive(unsigned from, std::span<std::byte> bytes) override {
    await(static_cast<int>(from));
    const mpi::status status =
        world_.recv(static_cast<int>(from), numbers_tag, reinterpret_cast<char*>(bytes.data()),
                    static_cast<int>(bytes.size()));
    return static_cast<std::size_t>(*status.count<char>());
  }

  std::vector<std::string> all_gather(const std::string& ours) override {
    std::vector<std::string> all;
    mpi::all_gather(world_, ours, all);
    return all;
  }

  void ask_to_stop() override {
    for (int to = 0; to < world_.size(); ++to)
      if (to != world_.rank()) world_.send(to, stop_tag);
  }

  bool asked_to_stop() override { return world_.iprobe(mpi::any_source, stop_tag).has_value(); }

  void end_job(int exit_code) override { MPI_Abort(world_, exit_code); }

 private:
  /// Waits for a message without keeping a core from those who compute, as MPI itself would.
  void await(int from) {
    using namespace std::chrono;
    constexpr microseconds prompt{200}, pause{100};
    const auto start = steady_clock::now();
    while (!world_.iprobe(from, numbers_tag))
      if (steady_clock::now() - start < prompt)
        std::this_thread::yield();
      else
        std::this_thread::sleep_for(pause);
  }

  mpi::environment environment_;
  mpi::communicator world_;
  std::vector<unsigned> on_this_host_;
};

}  // namespace

std::unique_ptr<Communicator> join() { return std::make_unique<MpiCommunicator>(); }

}  // namespace hedgerow::ranks
