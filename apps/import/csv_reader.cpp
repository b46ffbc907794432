#include "apps/import/csv_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace hedgerow::intake {
namespace {

constexpr std::size_t buffer_bytes = 65536;

/// Characters of UTF-8: bytes that do not continue one.
std::size_t characters(const char* text, std::size_t count) {
  std::size_t all = 0;
  for (std::size_t i = 0; i < count; ++i) all += (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
  return all;
}

}  // namespace

CsvReader::CsvReader(std::string name, ByteSource source, CsvLimits limits, char separator)
    : name_(std::move(name)),
      source_(std::move(source)),
      limits_(limits),
      separator_(separator),
      buffer_(buffer_bytes) {}

void CsvReader::fail(Place place, std::string message, std::string hint) const {
  refuse(name_, place, std::move(message), std::move(hint));
}

/// Reads on after all of the buffer was used; false at the end of the file.
bool CsvReader::fill() {
  at_ = 0;
  end_ = source_(buffer_.data(), buffer_.size());
  return end_ > 0;
}

/// Looks at the first bytes of the file. A source may hand over single bytes, so gather three.
void CsvReader::skip_mark() {
  started_ = true;
  while (end_ < 3) {
    const std::size_t count = source_(buffer_.data() + end_, buffer_.size() - end_);
    if (count == 0) break;
    end_ += count;
  }
  const std::string_view begin(buffer_.data(), std::min<std::size_t>(end_, 3));
  if (begin.starts_with("\xFF\xFE") || begin.starts_with("\xFE\xFF"))
    fail({1, 1}, "is UTF-16 (must be UTF-8)", "convert it: iconv -f UTF-16 -t UTF-8");
  if (begin == "\xEF\xBB\xBF") at_ = 3;
}

void CsvReader::break_line() {
  ++place_.line;
  place_.column = 1;
}

/// Takes the LF, CR LF or CR that comes next, also where the buffer ends between the two.
void CsvReader::take_line_end() {
  const bool carriage_return = buffer_[at_++] == '\r';
  if (carriage_return && !at_end() && buffer_[at_] == '\n') ++at_;
  break_line();
}

void CsvReader::skip_empty_lines() {
  while (!at_end() && (buffer_[at_] == '\n' || buffer_[at_] == '\r')) take_line_end();
}

/// Moves the next `count` bytes, none of them a line break, from the buffer to the field that is being read.
void CsvReader::append(CsvRecord& record, std::size_t count) {
  const char* bytes = buffer_.data() + at_;
  if (const char* nul = std::find(bytes, bytes + count, '\0'); nul != bytes + count)
    fail({place_.line, place_.column + characters(bytes, static_cast<std::size_t>(nul - bytes))},
         "holds a NUL byte (CSV is text)", "is this the file you meant?");
  record.text_.append(bytes, count);
  at_ += count;
  place_.column += characters(bytes, count);
  const CsvRecord::Field& field = record.fields_.back();
  if (record.text_.size() - field.begin > limits_.field_bytes)
    fail(field.place, fmt::format("this field is longer than {} bytes", limits_.field_bytes),
         "has a closing quote been lost?");
  if (record.text_.size() > limits_.record_bytes)
    fail(record.place_, fmt::format("this record is longer than {} bytes", limits_.record_bytes),
         "has a closing quote been lost?");
}

void CsvReader::read_plain(CsvRecord& record) {
  while (!at_end()) {
    const char* begin = buffer_.data() + at_;
    const char* end = buffer_.data() + end_;
    const char* stop = begin;
    while (stop != end && !ends_plain(*stop)) stray_quotes_ += *stop++ == '"';
    append(record, static_cast<std::size_t>(stop - begin));
    if (stop != end) return;
  }
}

/// Up to the next quote, line break or end of the buffer; line breaks inside quotes belong to the field.
void CsvReader::read_quoted_part(CsvRecord& record) {
  const char* begin = buffer_.data() + at_;
  const char* end = buffer_.data() + end_;
  const char* stop = std::find_if(begin, end, [](char c) { return c == '"' || c == '\n'; });
  append(record, static_cast<std::size_t>(stop - begin));
  if (stop == end || *stop == '"') return;
  append(record, 1);
  break_line();
}

void CsvReader::read_quoted(CsvRecord& record) {
  record.fields_.back().quoted = true;
  const Place opened = place_;
  const auto take_quote = [&] {
    ++at_;
    ++place_.column;
  };
  take_quote();
  while (true) {
    if (at_end())
      fail(opened, "this quote is never closed", "a quote inside a quoted field is written twice");
    if (buffer_[at_] != '"') {
      read_quoted_part(record);
      continue;
    }
    take_quote();
    if (at_end() || buffer_[at_] != '"') return;
    append(record, 1);
  }
}

/// One field; whether another follows it in this record.
bool CsvReader::read_field(CsvRecord& record) {
  if (record.fields_.size() == limits_.fields)
    fail(record.place_, fmt::format("this record has more than {} fields", limits_.fields));
  record.fields_.push_back({record.text_.size(), 0, place_, false});
  if (!at_end() && buffer_[at_] == '"')
    read_quoted(record);
  else
    read_plain(record);
  record.fields_.back().end = record.text_.size();
  if (at_end()) return false;
  if (buffer_[at_] == separator_) {
    ++at_;
    ++place_.column;
    return true;
  }
  if (!ends_plain(buffer_[at_]))
    fail(place_, "text behind a closing quote", "a quote inside a quoted field is written twice");
  take_line_end();
  return false;
}

bool CsvReader::next(CsvRecord& record) {
  if (!started_) skip_mark();
  skip_empty_lines();
  record.text_.clear();
  record.fields_.clear();
  record.place_ = place_;
  if (at_end()) return false;
  while (read_field(record)) {
  }
  ++records_;
  return true;
}

}  // namespace hedgerow::intake
