#pragma once
// Reads CSV (RFC 4180) one record at a time, in memory that does not grow with the file.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "apps/import/byte_source.hpp"
#include "apps/import/findings.hpp"

namespace hedgerow::intake {

/// What a record may hold at most. No honest export comes near; a file that does is not CSV, or has lost a
/// quote.
struct CsvLimits {
  std::size_t field_bytes = std::size_t{1} << 20;
  std::size_t record_bytes = std::size_t{4} << 20;
  std::size_t fields = 4096;
};

/// One record: fields without their quotes. Its memory is used again for the next record.
class CsvRecord {
 public:
  std::size_t size() const { return fields_.size(); }
  /// Field `i` < size(); valid until the record is read into again.
  std::string_view operator[](std::size_t i) const {
    const Field& field = fields_[i];
    return {text_.data() + field.begin, field.end - field.begin};
  }
  /// Where the field begins, its opening quote included.
  Place place(std::size_t i) const { return fields_[i].place; }
  /// Whether the field stood in quotes: "" is an empty text, nothing between two commas may be no value.
  bool quoted(std::size_t i) const { return fields_[i].quoted; }
  /// Where the record begins.
  Place place() const { return place_; }

 private:
  friend class CsvReader;
  struct Field {
    std::size_t begin, end;
    Place place;
    bool quoted;
  };
  std::string text_;
  std::vector<Field> fields_;
  Place place_;
};

/// Records end at LF, CR LF or CR. Empty lines are skipped, and so is a UTF-8 byte order mark. Fields are
/// taken as they stand, blanks included. Records need not have equally many fields: that is for the caller to
/// judge.
class CsvReader {
 public:
  /// `name`: of the file, for messages.
  CsvReader(std::string name, ByteSource source, CsvLimits limits = {}, char separator = ',');

  /// The next record; false at the end. Throws BadData where the text is no CSV: quotes that never close,
  /// text behind a closing quote, a NUL byte, UTF-16, or more than the limits allow. Nothing can be read
  /// after that.
  bool next(CsvRecord& record);

  /// Records so far.
  std::uint64_t records() const { return records_; }
  /// Quotes inside of fields without quotes, as in 5" disk, taken as they stand; RFC 4180 does not allow
  /// them.
  std::uint64_t stray_quotes() const { return stray_quotes_; }
  const std::string& name() const { return name_; }

 private:
  bool fill();
  bool at_end() { return at_ == end_ && !fill(); }
  void skip_mark();
  void skip_empty_lines();
  void take_line_end();
  bool read_field(CsvRecord& record);
  void read_plain(CsvRecord& record);
  void read_quoted(CsvRecord& record);
  void read_quoted_part(CsvRecord& record);
  void append(CsvRecord& record, std::size_t count);
  void break_line();
  bool ends_plain(char c) const { return c == separator_ || c == '\n' || c == '\r'; }
  [[noreturn]] void fail(Place place, std::string message, std::string hint = "") const;

  std::string name_;
  ByteSource source_;
  CsvLimits limits_;
  char separator_;
  std::vector<char> buffer_;
  std::size_t at_ = 0, end_ = 0;
  bool started_ = false;
  Place place_;  // of buffer_[at_]
  std::uint64_t records_ = 0, stray_quotes_ = 0;
};

}  // namespace hedgerow::intake
