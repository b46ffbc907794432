#pragma once
// Ranks that are threads of one process: what ranks do together, tested without MPI.

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <numeric>
#include <stdexcept>
#include <thread>

#include "engine/ranks/communicator.hpp"

namespace hedgerow::test {

/// What the threads share.
class ThreadGroup {
 public:
  explicit ThreadGroup(unsigned size) : size_(size) {}

  void send(unsigned from, unsigned to, std::span<const std::byte> message) {
    const std::lock_guard lock(mutex_);
    queues_[{from, to}].emplace_back(message.begin(), message.end());
    changed_.notify_all();
  }
  std::vector<std::byte> receive(unsigned from, unsigned to) {
    std::unique_lock lock(mutex_);
    auto& queue = queues_[{from, to}];
    changed_.wait(lock, [&] { return !queue.empty(); });
    std::vector<std::byte> message = std::move(queue.front());
    queue.pop_front();
    return message;
  }
  void stop(unsigned from) {
    const std::lock_guard lock(mutex_);
    stopped_by_.push_back(from);
  }
  bool stopped(unsigned rank) {
    const std::lock_guard lock(mutex_);
    return std::any_of(stopped_by_.begin(), stopped_by_.end(), [&](unsigned by) { return by != rank; });
  }
  unsigned size() const { return size_; }

 private:
  unsigned size_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::pair<unsigned, unsigned>, std::deque<std::vector<std::byte>>> queues_;
  std::vector<unsigned> stopped_by_;
};

class ThreadRank : public ranks::Communicator {
 public:
  ThreadRank(ThreadGroup& group, unsigned rank) : group_(group), rank_(rank), all_(group.size()) {
    std::iota(all_.begin(), all_.end(), 0u);
  }
  unsigned rank() const override { return rank_; }
  unsigned size() const override { return group_.size(); }
  const std::vector<unsigned>& on_this_host() const override { return all_; }
  void send(unsigned to, std::span<const std::byte> message) override {
    if (message.size() > largest_message) throw std::logic_error("a message is too large");
    group_.send(rank_, to, message);
  }
  std::size_t receive(unsigned from, std::span<std::byte> bytes) override {
    const auto message = group_.receive(from, rank_);
    std::copy(message.begin(), message.end(), bytes.begin());
    return message.size();
  }
  std::vector<std::string> all_gather(const std::string& ours) override {
    for (const unsigned to : all_) group_.send(rank_, to + size(), std::as_bytes(std::span(ours)));
    std::vector<std::string> all;
    for (const unsigned from : all_) {
      const auto text = group_.receive(from, rank_ + size());
      all.emplace_back(reinterpret_cast<const char*>(text.data()), text.size());
    }
    return all;
  }
  void ask_to_stop() override { group_.stop(rank_); }
  bool asked_to_stop() override { return group_.stopped(rank_); }
  void end_job(int) override { throw std::logic_error("a thread cannot end the others"); }

 private:
  ThreadGroup& group_;
  unsigned rank_;
  std::vector<unsigned> all_;
};

/// Does `work(communicator)` on so many ranks at once. It must not throw, or the others may wait for it.
template <class Work>
void on_ranks(unsigned size, Work work) {
  ThreadGroup group(size);
  std::vector<std::thread> threads;
  for (unsigned rank = 0; rank < size; ++rank)
    threads.emplace_back([&group, &work, rank] {
      ThreadRank communicator(group, rank);
      work(communicator);
    });
  for (std::thread& thread : threads) thread.join();
}

}  // namespace hedgerow::test
