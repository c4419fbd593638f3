#include "gateway/http/mapped_file.h"
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kindling::gateway {

Result<SharedBytes> map_file(std::string const& path) {
    auto const missing = [&] { return fail(Errc::not_found, "file_not_found", "There is no such file."); };
    auto const fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);  // a pipe must not hold us up
    if (fd < 0) return missing();
    struct stat about{};
    if (::fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
        ::close(fd);
        return missing();
    }
    auto const size = static_cast<std::size_t>(about.st_size);
    if (size == 0) {
        ::close(fd);
        return SharedBytes{};
    }
    auto* const at = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, fd, 0);
    ::close(fd);
    if (at == MAP_FAILED) return fail(Errc::unavailable, "out_of_memory", "The file cannot be mapped.");
    return SharedBytes{{static_cast<char const*>(at), size}, std::shared_ptr<void const>(at, [size](void const* p) { ::munmap(const_cast<void*>(p), size); })};
}

}  // namespace kindling::gateway
