// One GET to a server on this machine.
#pragma once

#include <optional>
#include <string>

namespace otmetka::cli {

// The body of a 200; nullopt: there is none within two seconds, or it is larger than 4 MiB. `address` is "127.0.0.1:9464", as
// `serve --listen` says it.
std::optional<std::string> http_get_local(const std::string& address, const std::string& path);

}  // namespace otmetka::cli
