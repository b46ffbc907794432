#include "apps/import/findings.hpp"

#include <fmt/format.h>

#include <utility>

namespace hedgerow::intake {
namespace {

config::Diagnostic diagnostic(const std::string& file, Place place, std::string message, std::string hint) {
  return {file, place.line, place.column, std::move(message), std::move(hint), config::Severity::error, ""};
}

std::string text_of(const std::vector<config::Diagnostic>& told, std::size_t total) {
  std::string text = config::render(told);
  if (total > told.size())
    text += fmt::format("… and {} more ({} errors in all)\n", total - told.size(), total);
  return text;
}

}  // namespace

BadData::BadData(std::vector<config::Diagnostic> told, std::size_t total)
    : told_(std::move(told)), total_(total), text_(text_of(told_, total_)) {}

Findings::Findings(std::string file, std::size_t most_told) : file_(std::move(file)), most_told_(most_told) {}

void Findings::error(Place place, std::string message, std::string hint) {
  ++total_;
  if (told_.size() < most_told_)
    told_.push_back(diagnostic(file_, place, std::move(message), std::move(hint)));
}

void Findings::throw_if_any() const {
  if (total_ > 0) throw BadData(told_, total_);
}

void refuse(const std::string& file, Place place, std::string message, std::string hint) {
  throw BadData({diagnostic(file, place, std::move(message), std::move(hint))}, 1);
}

}  // namespace hedgerow::intake
