#include "apps/config/digest.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <stdexcept>

namespace hedgerow::config {
namespace {

void require(int done) {
  if (done != 1) throw std::runtime_error("OpenSSL cannot compute SHA-256");
}

}  // namespace

struct Sha256::Context {
  Context() : state(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {}
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> state;
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  require(EVP_DigestInit_ex(context_->state.get(), EVP_sha256(), nullptr));
}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
  require(EVP_DigestUpdate(context_->state.get(), bytes.data(), bytes.size()));
}

std::string Sha256::digest() {
  std::string digest(size, '\0');
  require(
      EVP_DigestFinal_ex(context_->state.get(), reinterpret_cast<unsigned char*>(digest.data()), nullptr));
  return digest;
}

std::string sha256(std::string_view bytes) {
  Sha256 sum;
  sum.add(bytes);
  std::string hex;
  for (const char byte : sum.digest()) hex += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return hex;
}

}  // namespace hedgerow::config
