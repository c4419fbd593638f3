// modules/reviews/kept_digests.h -- digests of texts that were digested before.
//
// A digest is a function of its texts and of who reads them, so it is kept under their hash (BLAKE2b): it can never be out of date, whatever changed the reviews, and the same for every shop.
// The last 2,000 that were asked for, about 1 KB each. Threads: any.
#pragma once
#include <memory>
#include <span>
#include <string>

#include "engines/learning/opinion/digest.h"

namespace kindling::reviews {

// `read` and what tells its results from those of another reader.
struct ReadBy { opinion::ReadRemarks read = opinion::remarks; std::string name = {}; };
std::shared_ptr<opinion::Digest const> kept_digest(std::span<opinion::ReviewText const>, opinion::DigestOptions const&, ReadBy const& = {});

}  // namespace kindling::reviews
