#include "spec/location_map.h"

#include <utility>

namespace otmetka::spec {

void LocationMap::add(std::string path, const yaml::Range& key, const yaml::Range& value, const yaml::Node* node) {
  places_.insert_or_assign(std::move(path), Place{key, value, node});
}

const LocationMap::Place* LocationMap::nearest(std::string_view path) const {
  while (true) {
    const auto found = places_.find(std::string(path));
    if (found != places_.end()) return &found->second;
    if (path.empty()) return nullptr;
    const auto cut = path.find_last_of(".[");
    path = cut == std::string_view::npos ? std::string_view{} : path.substr(0, cut);
  }
}

yaml::Range LocationMap::at(std::string_view path) const {
  const Place* place = nearest(path);
  if (place == nullptr) return {};
  const bool collection = place->node != nullptr && !place->node->is_scalar();
  return collection && place->key.known() ? place->key : place->value;
}

yaml::Range LocationMap::key(std::string_view path) const {
  const Place* place = nearest(path);
  if (place == nullptr) return {};
  return place->key.known() ? place->key : place->value;
}

yaml::Range LocationMap::inside(std::string_view path, std::size_t offset, std::size_t length) const {
  const auto found = places_.find(std::string(path));
  const bool scalar = found != places_.end() && found->second.node != nullptr && found->second.node->is_scalar();
  if (length == 0 || !scalar || !document_) return at(path);
  return yaml::range_inside(document_->source, *found->second.node, offset, length);
}

}  // namespace otmetka::spec
