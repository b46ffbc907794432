#include "apps/import/package.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <new>
#include <utility>

#include "apps/config/source.hpp"
#include "apps/import/findings.hpp"

namespace hedgerow::intake {
namespace {

namespace fs = std::filesystem;

std::string name_in_small_letters(const std::string& path) {
  std::string name = path.substr(path.find_last_of("/\\") + 1);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return name;
}

[[noreturn]] void refuse_zip(const std::string& name, const std::string& why) {
  refuse(name, {0, 0}, fmt::format("the ZIP file cannot be read ({})", why));
}

}  // namespace

/// An open ZIP file, closed with its last user.
class Package::Archive {
 public:
  Archive(std::string name, zip_source_t* source) : name_(std::move(name)) {
    zip_error_t error;
    ::zip_error_init(&error);
    zip_ = ::zip_open_from_source(source, ZIP_RDONLY, &error);
    if (zip_ != nullptr) return;
    ::zip_source_free(source);
    const std::string why = ::zip_error_strerror(&error);
    ::zip_error_fini(&error);
    refuse_zip(name_, why);
  }
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;
  ~Archive() { ::zip_discard(zip_); }

  std::uint64_t size() const {
    return static_cast<std::uint64_t>(std::max<zip_int64_t>(::zip_get_num_entries(zip_, 0), 0));
  }
  std::string path(std::uint64_t index) const {
    const char* const path = ::zip_get_name(zip_, index, 0);
    return path == nullptr ? "" : path;
  }
  zip_t* get() const { return zip_; }

 private:
  std::string name_;
  zip_t* zip_ = nullptr;
};

namespace {

/// One file of an archive while it is read.
class PackedFile {
 public:
  PackedFile(std::string name, std::shared_ptr<Package::Archive> archive, std::uint64_t index)
      : name_(std::move(name)),
        archive_(std::move(archive)),
        file_(::zip_fopen_index(archive_->get(), index, 0)) {
    if (file_ == nullptr) refuse_zip(name_, ::zip_strerror(archive_->get()));
  }
  PackedFile(const PackedFile&) = delete;
  PackedFile& operator=(const PackedFile&) = delete;
  ~PackedFile() { ::zip_fclose(file_); }

  std::size_t read(char* buffer, std::size_t size) {
    const zip_int64_t got = ::zip_fread(file_, buffer, size);
    if (got < 0) refuse_zip(name_, ::zip_file_strerror(file_));
    total_ += static_cast<std::uint64_t>(got);
    if (total_ > largest_packed_file)
      refuse(name_, {0, 0}, fmt::format("the file unpacks to more than {} bytes", largest_packed_file));
    return static_cast<std::size_t>(got);
  }

 private:
  std::string name_;
  std::shared_ptr<Package::Archive> archive_;
  zip_file_t* file_;
  std::uint64_t total_ = 0;
};

}  // namespace

Package Package::open(const std::string& path) {
  Package package(path);
  std::error_code failed;
  const fs::file_status status = fs::status(path, failed);
  if (failed || !fs::exists(status))
    throw config::UnreadableFile(fmt::format("cannot read {}: {}", path, failed.message()));
  if (fs::is_directory(status)) {
    package.add_folder();
    return package;
  }
  open_bytes(path);  // says why where the file cannot be opened
  zip_error_t error;
  ::zip_error_init(&error);
  zip_source_t* const source = ::zip_source_file_create(path.c_str(), 0, -1, &error);
  if (source == nullptr) refuse_zip(path, ::zip_error_strerror(&error));
  package.add_archive(std::make_shared<Archive>(path, source));
  return package;
}

Package Package::of_bytes(std::string name, std::string zip) {
  Package package(std::move(name));
  zip_error_t error;
  ::zip_error_init(&error);
  // The archive reads from this copy as long as it is open, and frees it.
  void* const copy = std::malloc(std::max<std::size_t>(zip.size(), 1));
  if (copy == nullptr) throw std::bad_alloc();
  std::copy(zip.begin(), zip.end(), static_cast<char*>(copy));
  zip_source_t* const source = ::zip_source_buffer_create(copy, zip.size(), 1, &error);
  if (source == nullptr) {
    std::free(copy);
    throw std::bad_alloc();
  }
  package.add_archive(std::make_shared<Archive>(package.name_, source));
  return package;
}

void Package::add(const std::string& path, std::uint64_t index) {
  const std::string file = name_in_small_letters(path);
  if (!file.ends_with(".csv")) return;
  if (files_.size() >= most_packed_files)
    refuse(name_, {0, 0}, fmt::format("the package holds more than {} tables", most_packed_files));
  const auto [at, is_new] = files_.emplace(file, File{path, index});
  if (!is_new)
    refuse(name_, {0, 0},
           fmt::format("the package holds {} and {} (each table must be there once)", at->second.path, path),
           "one package at a time");
}

void Package::add_folder() {
  std::vector<std::string> paths;
  std::error_code failed;
  for (fs::recursive_directory_iterator at(name_, failed), end; !failed && at != end; at.increment(failed)) {
    if (at->is_regular_file(failed)) paths.push_back(fs::path(at->path()).lexically_relative(name_).string());
    if (paths.size() > most_packed_files)
      refuse(name_, {0, 0}, fmt::format("the folder holds more than {} files", most_packed_files));
  }
  if (failed) throw config::UnreadableFile(fmt::format("cannot read {}: {}", name_, failed.message()));
  std::sort(paths.begin(), paths.end());
  for (const std::string& path : paths) add(path, 0);
}

void Package::add_archive(std::shared_ptr<Archive> archive) {
  archive_ = std::move(archive);
  for (std::uint64_t i = 0; i < archive_->size(); ++i)
    if (const std::string path = archive_->path(i);
        !path.empty() && path.find("__MACOSX/") == std::string::npos)
      add(path, i);
}

std::string Package::path_of(const std::string& file) const {
  const auto found = files_.find(file);
  return name_ + (name_.ends_with('/') ? "" : "/") + (found == files_.end() ? file : found->second.path);
}

ByteSource Package::open_file(const std::string& file) const {
  const File& found = files_.at(file);
  if (!archive_) return open_bytes((fs::path(name_) / found.path).string());
  const auto packed = std::make_shared<PackedFile>(path_of(file), archive_, found.index);
  return [packed](char* buffer, std::size_t size) { return packed->read(buffer, size); };
}

}  // namespace hedgerow::intake
