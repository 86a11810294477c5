/* HandMeshEngine for C++17: owners and views over handmesh.h, header only. MIT licence.
 *
 * Errors are exceptions (handmesh::Error). With HANDMESH_NO_EXCEPTIONS defined, or where exceptions are turned off, they are kept
 * instead: constructors make empty objects, functions return false, and handmesh_last_error() has the sentence. */
#ifndef HANDMESH_HPP
#define HANDMESH_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "handmesh.h"

#if !defined(HANDMESH_NO_EXCEPTIONS) && !defined(__cpp_exceptions)
#define HANDMESH_NO_EXCEPTIONS
#endif
#if !defined(HANDMESH_NO_EXCEPTIONS)
#include <stdexcept>
#endif

namespace handmesh {

#if !defined(HANDMESH_NO_EXCEPTIONS)
/* A function of the library failed; what() is its sentence. */
class Error : public std::runtime_error {
public:
    Error(std::int32_t status, const char *sentence) : std::runtime_error(sentence), status_(static_cast<handmesh_status>(status)) {}

    handmesh_status status() const noexcept { return status_; }

private:
    handmesh_status status_;
};
#endif

/* True if a code is HANDMESH_OK; else throws, or false without exceptions. */
inline bool check(std::int32_t status)
{
#if !defined(HANDMESH_NO_EXCEPTIONS)
    if (status != HANDMESH_OK) {
        throw Error(status, handmesh_last_error());
    }
#endif
    return status == HANDMESH_OK;
}

/* Elements that lie in a row and belong to somebody else, like C++20's std::span. */
template <typename T>
class View {
public:
    constexpr View() noexcept = default;
    constexpr View(T *data, std::size_t size) noexcept : data_(data), size_(size) {}

    constexpr T *data() const noexcept { return data_; }
    constexpr std::size_t size() const noexcept { return size_; }
    constexpr bool empty() const noexcept { return size_ == 0; }
    constexpr T &operator[](std::size_t index) const { return data_[index]; }
    constexpr T *begin() const noexcept { return data_; }
    constexpr T *end() const noexcept { return data_ + size_; }

private:
    T *data_ = nullptr;
    std::size_t size_ = 0;
};

struct Vector2 {
    float x, y;
};

struct Vector3 {
    float x, y, z;
};

struct Triangle {
    std::int32_t a, b, c;
};

static_assert(sizeof(Vector2) == 8 && sizeof(Vector3) == 12 && sizeof(Triangle) == 12, "views are read in place");

/* A struct of the header with its size set and all else zero: auto options = handmesh::make<handmesh_options>(). */
template <typename T>
T make() noexcept
{
    T value{};
    value.size = sizeof(T);
    return value;
}

/* One plane of tightly packed or padded pixels. For planes apart fill a handmesh_image. */
inline handmesh_image frame(const void *pixels, int width, int height, int stride, handmesh_format format) noexcept
{
    handmesh_image image = make<handmesh_image>();
    image.format = format;
    image.width = width;
    image.height = height;
    image.planes[0] = pixels;
    image.strides[0] = stride;
    std::uint64_t step = static_cast<std::uint64_t>(stride < 0 ? -static_cast<std::int64_t>(stride) : stride);
    std::uint64_t rows = static_cast<std::uint64_t>(height < 0 ? 0 : height);
    bool chroma_follows = format == HANDMESH_NV12 || format == HANDMESH_NV21 || format == HANDMESH_I420 || format == HANDMESH_YV12 || format == HANDMESH_P010;
    image.plane_bytes[0] = step * rows + (chroma_follows ? (step + 1) * ((rows + 1) / 2) : 0);
    return image;
}

/* A calibrated camera of frames of this size. */
inline handmesh_camera camera(double fx, double fy, double cx, double cy, int width = 0, int height = 0) noexcept
{
    handmesh_camera numbers = make<handmesh_camera>();
    numbers.fx = fx;
    numbers.fy = fy;
    numbers.cx = cx;
    numbers.cy = cy;
    numbers.width = width;
    numbers.height = height;
    return numbers;
}

/* One hand: views into its result, which hold until the next prediction into it. */
class Hand {
public:
    explicit Hand(const handmesh_hand &numbers) noexcept : numbers_(numbers) {}

    bool is_left() const noexcept { return numbers_.handedness == HANDMESH_LEFT; }
    bool is_placed() const noexcept { return numbers_.is_placed != 0; }
    float score() const noexcept { return numbers_.score; }
    int id() const noexcept { return numbers_.id; }
    Vector3 root() const noexcept { return {numbers_.root[0], numbers_.root[1], numbers_.root[2]}; }
    View<const Vector3> vertices() const noexcept { return view<Vector3>(numbers_.vertices, numbers_.vertex_count); }
    View<const Vector3> normals() const noexcept { return view<Vector3>(numbers_.normals, numbers_.vertex_count); }
    View<const Triangle> faces() const noexcept { return view<Triangle>(numbers_.faces, numbers_.face_count); }
    View<const Vector3> joints() const noexcept { return view<Vector3>(numbers_.joints, HANDMESH_JOINT_COUNT); }
    View<const Vector3> relative_joints() const noexcept { return view<Vector3>(numbers_.relative_joints, HANDMESH_JOINT_COUNT); }
    View<const Vector2> keypoints() const noexcept { return view<Vector2>(numbers_.keypoints, HANDMESH_JOINT_COUNT); }

    /* Everything that the library says about it. */
    const handmesh_hand &numbers() const noexcept { return numbers_; }

private:
    template <typename T>
    static View<const T> view(const void *data, std::int32_t count) noexcept
    {
        return {static_cast<const T *>(data), static_cast<std::size_t>(count)};
    }

    handmesh_hand numbers_;
};

/* Owns a handle: moves, does not copy, gives back at the end. */
template <typename T, std::int32_t (*release)(T *)>
class Owner {
public:
    Owner() noexcept = default;
    Owner(const Owner &) = delete;
    Owner &operator=(const Owner &) = delete;
    Owner(Owner &&other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}

    Owner &operator=(Owner &&other) noexcept
    {
        std::swap(handle_, other.handle_);
        return *this;
    }

    ~Owner() { release(handle_); }

    explicit operator bool() const noexcept { return handle_ != nullptr; }
    T *handle() const noexcept { return handle_; }

protected:
    T *handle_ = nullptr;
};

/* The hands of one image; refilled by predictions. One for each thread. */
class Result : public Owner<handmesh_result, handmesh_free_result> {
public:
    Result() noexcept = default;
    explicit Result(handmesh_estimator *estimator) { check(handmesh_create_result(estimator, &handle_)); }

    std::size_t size() const
    {
        std::int32_t count = 0;
        check(handmesh_hand_count(handle_, &count));
        return static_cast<std::size_t>(count);
    }

    bool empty() const { return size() == 0; }

    Hand operator[](std::size_t index) const
    {
        handmesh_hand numbers = make<handmesh_hand>();
        check(handmesh_get_hand(handle_, static_cast<std::int32_t>(index), &numbers));
        return Hand(numbers);
    }

    View<const handmesh_stage> stages() const
    {
        const handmesh_stage *first = nullptr;
        std::int32_t count = 0;
        check(handmesh_get_stages(handle_, &first, &count));
        return {first, static_cast<std::size_t>(count)};
    }

    /* WebXR's 25 joints of one hand. */
    handmesh_pose pose(std::size_t index) const
    {
        handmesh_pose numbers = make<handmesh_pose>();
        check(handmesh_get_pose(handle_, static_cast<std::int32_t>(index), &numbers));
        return numbers;
    }

    /* Depth, mask and parts at the camera of the prediction, or another one. make<handmesh_buffers>() sets the size. */
    bool draw_buffers(const handmesh_buffers &buffers, const handmesh_camera *camera = nullptr) const
    {
        return check(handmesh_draw_buffers(handle_, camera, &buffers));
    }

    bool save(const char *path) const { return check(handmesh_save(handle_, path)); }
    bool draw(const handmesh_image &image, const char *path) const { return check(handmesh_draw(handle_, &image, path)); }

    class Iterator {
    public:
        Iterator(const Result &result, std::size_t index) noexcept : result_(&result), index_(index) {}
        Hand operator*() const { return (*result_)[index_]; }
        Iterator &operator++() noexcept { return ++index_, *this; }
        bool operator!=(const Iterator &other) const noexcept { return index_ != other.index_; }

    private:
        const Result *result_;
        std::size_t index_;
    };

    Iterator begin() const noexcept { return {*this, 0}; }
    Iterator end() const { return {*this, size()}; }
};

/* Follows the hands of one video. */
class Tracker : public Owner<handmesh_tracker, handmesh_free_tracker> {
public:
    Tracker() noexcept = default;
    explicit Tracker(handmesh_estimator *estimator) { check(handmesh_create_tracker(estimator, &handle_)); }

    bool track(const handmesh_image &image, Result &result, const handmesh_camera *camera = nullptr)
    {
        return check(handmesh_track(handle_, &image, camera, result.handle()));
    }

    bool reset() { return check(handmesh_reset_tracker(handle_)); }
};

/* A photo from a file. */
class Photo : public Owner<handmesh_photo, handmesh_free_photo> {
public:
    Photo() noexcept = default;
    explicit Photo(const char *path) { check(handmesh_load_photo(path, &handle_)); }

    handmesh_image image() const
    {
        handmesh_image image = make<handmesh_image>();
        check(handmesh_get_photo(handle_, &image, nullptr));
        return image;
    }

    handmesh_camera camera() const
    {
        handmesh_camera camera = make<handmesh_camera>();
        check(handmesh_get_photo(handle_, nullptr, &camera));
        return camera;
    }
};

/* Finds hands. May be shared by threads; calls queue. */
class Estimator : public Owner<handmesh_estimator, handmesh_close> {
public:
    Estimator() : Estimator(make<handmesh_options>()) {}
    explicit Estimator(const handmesh_options &options) { check(handmesh_open(&options, &handle_)); }

    Result create_result() const { return Result(handle_); }
    Tracker create_tracker() const { return Tracker(handle_); }

    handmesh_description describe() const
    {
        handmesh_description description = make<handmesh_description>();
        check(handmesh_describe(handle_, &description));
        return description;
    }

    bool predict(const handmesh_image &image, Result &result, const handmesh_camera *camera = nullptr, const handmesh_hints *hints = nullptr)
    {
        return check(handmesh_predict(handle_, &image, camera, hints, result.handle()));
    }
};

} // namespace handmesh

#endif
