/* HandMeshEngine: a 3D hand mesh in camera space from one image. MIT licence.
 *
 * Everything is about the upright image (after handmesh_image.turn_degrees and mirrored): pixels with centres at integers, and camera
 * space in metres, x right, y down, z forward. Joints: 0 wrist; 1-4 thumb, 5-8 index, 9-12 middle, 13-16 ring, 17-20 little, each
 * from the palm to the tip. Text is UTF-8.
 *
 * Errors.   Every function that can fail returns a handmesh_status, and handmesh_last_error() then says in one sentence what is wrong
 *           and what to do. Null handles, closed handles and handles of another kind are recognised; so are null pointers, short
 *           buffers and values out of range. Pointers to memory that is not there, or is smaller than stated, are not.
 * Owners.   What a function named create, open or load gives, the caller gives back with the function named beside it. All else
 *           belongs to the library. Frames are read in place, before the call returns; nothing of the caller's is kept.
 * Threads.  Every function may be called from any thread. Calls on one estimator queue; give each thread a result of its own, and each
 *           video a tracker of its own. The library starts worker threads when an estimator opens. It stays in the process until
 *           the end: dlclose does not unload it. Do not use it in the child of a fork that did not exec.
 * Memory.   handmesh_predict and handmesh_track allocate nothing once they have seen a camera, hints and as many hands.
 * Versions. Structs begin with their size: set it to sizeof, and all else to zero (C: = {.size = sizeof image}). Zero always means the
 *           default. Later versions add fields at the end, and accept the smaller structs of older headers.
 */
#ifndef HANDMESH_H
#define HANDMESH_H

#include <stdint.h>

#if defined(_WIN32)
#define HANDMESH_API __declspec(dllimport)
#else
#define HANDMESH_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Raised when a function or a field changes its meaning; compare with handmesh_abi_version(). */
#define HANDMESH_ABI_VERSION 1

/* Joints and keypoints of a hand. */
#define HANDMESH_JOINT_COUNT 21

/* What a function returns. */
typedef enum handmesh_status {
    HANDMESH_OK = 0,
    HANDMESH_INVALID_ARGUMENT = 1, /* a null pointer, a value out of range, a plane that is too small */
    HANDMESH_INVALID_HANDLE = 2,   /* null, closed, of another kind, or never given out */
    HANDMESH_BUFFER_TOO_SMALL = 3, /* call again with as much as was said to be needed */
    HANDMESH_FILE = 4,             /* a file cannot be read or written */
    HANDMESH_WEIGHTS = 5,          /* the weights cannot be read, or do not fit the system */
    HANDMESH_IMAGE = 6,            /* a photo cannot be decoded */
    HANDMESH_DEVICE = 7,           /* CUDA does not work here */
    HANDMESH_NOT_SUPPORTED = 8,    /* the device cannot do it, or the library is older than the caller's header */
    HANDMESH_OUT_OF_MEMORY = 9,
    HANDMESH_CLOSED = 10,          /* the estimator behind a tracker or a result was closed */
    HANDMESH_INTERNAL = 11,        /* a bug of the library */
    HANDMESH_NO_LIBRARY = 12       /* no build of the library runs on this processor, or its files are missing */
} handmesh_status;

/* Things that a caller holds. They are numbers, not addresses: do not look inside. */
typedef struct handmesh_estimator handmesh_estimator;
typedef struct handmesh_result handmesh_result;
typedef struct handmesh_tracker handmesh_tracker;
typedef struct handmesh_photo handmesh_photo;

/* Where the samples of a frame lie (docs/frames.md); letters in a row are an order of bytes in memory. */
typedef enum handmesh_format {
    HANDMESH_RGB = 1,
    HANDMESH_BGR = 2,
    HANDMESH_RGBA = 3, /* the fourth byte of these four is ignored */
    HANDMESH_BGRA = 4,
    HANDMESH_ARGB = 5,
    HANDMESH_ABGR = 6,
    HANDMESH_GRAY8 = 7,
    HANDMESH_GRAY16 = 8, /* low byte first; see handmesh_image.black and white */
    HANDMESH_YUYV = 9,
    HANDMESH_UYVY = 10,
    HANDMESH_YVYU = 11,
    HANDMESH_NV12 = 12, /* planes Y, CbCr */
    HANDMESH_NV21 = 13, /* planes Y, CrCb */
    HANDMESH_I420 = 14, /* planes Y, Cb, Cr */
    HANDMESH_YV12 = 15, /* planes Y, Cr, Cb */
    HANDMESH_P010 = 16  /* planes Y, CbCr of 16 bits, ten of them at the upper end */
} handmesh_format;

/* What the numbers of a YUV format mean. Android and JPEG: BT601, FULL, CENTER; HD video: BT709, LIMITED, LEFT. */
typedef enum handmesh_matrix { HANDMESH_BT601 = 0, HANDMESH_BT709 = 1, HANDMESH_BT2020 = 2 } handmesh_matrix;
typedef enum handmesh_range { HANDMESH_LIMITED = 0, HANDMESH_FULL = 1 } handmesh_range;
typedef enum handmesh_siting { HANDMESH_LEFT_SITED = 0, HANDMESH_CENTER_SITED = 1, HANDMESH_TOP_LEFT_SITED = 2 } handmesh_siting;

/* A frame in the caller's memory, as it was stored. */
typedef struct handmesh_image {
    uint32_t size;               /* sizeof(handmesh_image) */
    int32_t format;              /* handmesh_format */
    int32_t width;               /* columns as stored */
    int32_t height;              /* rows as stored */
    const void *planes[3];       /* the lowest address of each plane; with planes[1] null all planes lie in the first, one after another */
    uint64_t plane_bytes[3];     /* bytes that may be read of each */
    int32_t strides[3];          /* bytes from one row to the next; negative if the lowest row of the picture comes first in memory */
    int32_t chroma_pixel_stride; /* I420 only: bytes from one chroma sample to the next, Android's pixelStride; 0 and 1 are the same */
    int32_t matrix;              /* handmesh_matrix */
    int32_t range;               /* handmesh_range */
    int32_t siting;              /* handmesh_siting */
    int32_t turn_degrees;        /* clockwise, to make the frame upright: a multiple of 90 */
    int32_t mirrored;            /* 1 if the turned frame shows the scene mirrored */
    int32_t black;               /* GRAY16: the value that is black */
    int32_t white;               /* GRAY16: the value that is white; 0 means 65535 */
    int32_t reserved;            /* 0 */
} handmesh_image;

/* The formulas of lenses (docs/cameras.md), with their coefficients in this order. */
typedef enum handmesh_lens {
    HANDMESH_LENS_UNKNOWN = 0,                /* counts as a pinhole */
    HANDMESH_LENS_PINHOLE = 1,                /* says that the image was rectified; no coefficients */
    HANDMESH_LENS_BROWN_CONRADY = 2,          /* k1 k2 p1 p2 [k3 [k4 k5 k6 [s1 s2 s3 s4 [tx ty]]]]: OpenCV, plumb_bob */
    HANDMESH_LENS_MODIFIED_BROWN_CONRADY = 3, /* k1 k2 p1 p2 k3: RealSense */
    HANDMESH_LENS_FISHEYE = 4,                /* k1 k2 k3 k4: OpenCV's fisheye, equidistant */
    HANDMESH_LENS_FIELD_OF_VIEW = 5,          /* w */
    HANDMESH_LENS_OMNIDIRECTIONAL = 6,        /* xi k1 k2 p1 p2 */
    HANDMESH_LENS_DOUBLE_SPHERE = 7,          /* xi alpha */
    HANDMESH_LENS_EXTENDED_UNIFIED = 8        /* alpha beta */
} handmesh_lens;

/* Where a camera's numbers come from. */
typedef enum handmesh_camera_source { HANDMESH_CAMERA_GIVEN = 0, HANDMESH_CAMERA_GUESS = 1 } handmesh_camera_source;

/* A camera: u = fx X/Z + cx, v = fy Y/Z + cy, in pixels of the stored frame. The library turns it with the frame. */
typedef struct handmesh_camera {
    uint32_t size;            /* sizeof(handmesh_camera) */
    int32_t source;           /* handmesh_camera_source; a guess needs width and height only */
    double fx, fy;            /* focal lengths, pixels */
    double cx, cy;            /* principal point, pixels from the centre of the top left pixel */
    int32_t width, height;    /* size of the frames that these numbers belong to; 0 if unknown, needed for a lens and for turned frames */
    int32_t lens;             /* handmesh_lens */
    int32_t coefficient_count;
    double coefficients[14];
    int32_t allow_partial;    /* 1 accepts a lens that covers only a part of the frame */
    int32_t reserved;         /* 0 */
} handmesh_camera;

/* What to open and where to run it. */
typedef struct handmesh_options {
    uint32_t size;             /* sizeof(handmesh_options) */
    int32_t threads;           /* of the CPU; 0 takes one for each core */
    const char *system;        /* null: "mediapipe-hand" */
    const char *weights;       /* a file, or "random:SEED"; null finds the default system's in the folder weights beside the library */
    const char *variant;       /* the default system: "full" or "lite" */
    const char *device;        /* "auto", "cpu", "cuda", "cuda:N" or "reference"; null: "auto". Only "auto" ever falls back */
    const char *kernel_folder; /* CUDA: where compiled kernels are kept; null: the user's cache folder */
    int32_t precision;         /* 0 the device's own, 1 float32, 2 float16, 3 bfloat16 */
    int32_t max_hands;         /* most hands in an image, 1 to 100; 0: 2 */
    int32_t virtual_camera;    /* 1 turns a virtual camera to the hand: better far off the axis */
    int32_t profile;           /* 1 measures every step, see handmesh_profile */
} handmesh_options;

/* Which hand: the person's own. */
typedef enum handmesh_side { HANDMESH_UNKNOWN_SIDE = 0, HANDMESH_LEFT = 1, HANDMESH_RIGHT = 2 } handmesh_side;

/* What the caller knows about one image. */
typedef struct handmesh_hints {
    uint32_t size;                                /* sizeof(handmesh_hints) */
    int32_t handedness;                           /* handmesh_side */
    double box_x, box_y, box_width, box_height;   /* where the hand is, pixels of the upright image; all 0 lets the detector look */
    double hand_size;                             /* total length of the 20 bones, metres (an adult's is about 0.83); 0: unknown */
    double root_depth;                            /* depth of the wrist, metres; 0: unknown */
    double bone_length;                           /* joint 9 to 10, metres; 0: unknown */
} handmesh_hints;

/* Flags of handmesh_hand.placement_flags. */
typedef enum handmesh_placement {
    HANDMESH_GUESSED_CAMERA = 1,    /* distances scale with the error of the assumed focal length */
    HANDMESH_OFF_AXIS = 2,          /* outside the view that the network was trained for */
    HANDMESH_GUESSED_ROOT = 4,      /* the distance was assumed */
    HANDMESH_DEGENERATE = 8,        /* no place was found: coordinates are relative to the hand */
    HANDMESH_BEHIND_CAMERA = 16,    /* part of the hand came out behind the camera or closer than 5 cm */
    HANDMESH_OUTSIDE_LENS = 32,     /* a keypoint lies where the lens shows nothing */
    HANDMESH_WIDE_WITHOUT_LENS = 64, /* wider than 75 degrees, and no lens was given */
    HANDMESH_SIZE_ASSUMED = 128,    /* the hand's size was assumed, an adult's: distances scale with its error */
    HANDMESH_SIZE_UNCERTAIN = 256,  /* picture and size do not agree well */
    HANDMESH_PREDICTED = 512        /* the frame does not show it: a tracker carried it on from the last one that did */
} handmesh_placement;

/* One hand. The pointers lead into the result and hold until the next prediction into it, or until it is freed. */
typedef struct handmesh_hand {
    uint32_t size;                               /* sizeof(handmesh_hand) */
    int32_t handedness;                          /* handmesh_side */
    float score;                                 /* probability that there is a hand */
    float right_probability;                     /* probability that it is a right hand */
    float detection_score;                       /* of the palm detection that led here; NaN without one */
    int32_t id;                                  /* number of the hand in a video; -1 on single images */
    int32_t vertex_count;
    int32_t face_count;
    const float *vertices;                       /* vertex_count times x y z, metres, camera space */
    const float *normals;                        /* vertex_count times x y z, outward, length 1 */
    const int32_t *faces;                        /* face_count times three vertices, counter-clockwise from outside */
    const float *joints;                         /* 21 times x y z, metres, camera space */
    const float *relative_joints;                /* 21 times x y z, metres, own origin */
    const float *keypoints;                      /* 21 times u v, pixels of the upright image */
    float root[3];                               /* joint 0 */
    float translation[3];                        /* what the root solver added, metres; 0 without a place */
    int32_t is_placed;                           /* 0: coordinates are relative to the hand, not to the camera */
    uint32_t placement_flags;                    /* handmesh_placement */
    float condition;                             /* of the root solve; tens of thousands mean a weakly determined depth */
    float residual_pixels;                       /* root mean square distance of solved shape and keypoints */
    double box_x, box_y, box_width, box_height;  /* where the hand was looked for; 0 where a detection led straight to the crop */
    double crop_center_x, crop_center_y;         /* the part of the image that the network saw, pixels */
    double crop_width, crop_height;
    double crop_angle;                           /* radians, from x toward y */
} handmesh_hand;

/* WebXR's 25 joints of one hand: wrist; thumb metacarpal, proximal, distal, tip; index, middle, ring and little finger with metacarpal, proximal,
 * intermediate, distal, tip (docs/tracking.md). A joint's axes: z back along the bone, y out of the back of the hand, right-handed. */
typedef struct handmesh_pose {
    uint32_t size;              /* sizeof(handmesh_pose) */
    int32_t beyond_limits;      /* 1: a joint is bent further than people can */
    float positions[75];        /* x y z each, metres, camera space */
    float orientations[100];    /* x y z w each: from the joint's axes to camera axes */
    float radii[25];            /* to the nearest skin, metres */
    float local_rotations[100]; /* x y z w each: in the axes of the parent; the wrist's as its orientation */
} handmesh_pose;

/* Buffers of the caller for what a camera sees of the hands (docs/buffers.md): upright image, one sample at each pixel's centre. Null buffers are
 * not computed. Strides and counts are elements; a stride of 0 means width. */
typedef struct handmesh_buffers {
    uint32_t size;         /* sizeof(handmesh_buffers) */
    int32_t width, height; /* columns and rows */
    int32_t along_ray;     /* 0: depth is Z, along the camera's axis; 1: the length along the pixel's ray */
    float *depth;          /* metres; background where there is no hand */
    uint8_t *mask;         /* 255 or 0 */
    uint8_t *parts;        /* 8 times the hand's index, plus 1 palm, 2 thumb, 3 index, 4 middle, 5 ring, 6 little finger; 0: no hand */
    uint64_t depth_count;  /* elements that may be written */
    uint64_t mask_count;
    uint64_t parts_count;
    int32_t depth_stride;
    int32_t mask_stride;
    int32_t parts_stride;
    float background;
} handmesh_buffers;

/* How long one stage of a prediction took. */
typedef struct handmesh_stage {
    const char *name; /* lives as long as the result */
    double milliseconds;
} handmesh_stage;

/* What an estimator runs. The words live until it is closed. */
typedef struct handmesh_description {
    uint32_t size;                  /* sizeof(handmesh_description) */
    int32_t max_hands;
    const char *system;
    const char *device;             /* "cpu", "cuda" or "reference" */
    const char *device_description; /* processor and vector width, or device name */
    const char *device_note;        /* why it is slower than it could be: no GPU, narrower vectors; else empty */
    int32_t has_stand_in_weights;   /* 1: the meshes mean nothing */
    int32_t reserved;
} handmesh_description;

/* A sentence of the library (level 0 information, 1 warning), on the thread of the call that it is about. Must return; may not call
 * the library, except for handmesh_last_error. text holds during the call. */
typedef void (*handmesh_log)(int32_t level, const char *text, void *user);

/* --- The library ------------------------------------------------------------------------------------------------------------ */

/* For example "0.1.0". Lives for ever. */
HANDMESH_API const char *handmesh_version(void);

/* HANDMESH_ABI_VERSION of the library; 0 if no build of it runs here. */
HANDMESH_API int32_t handmesh_abi_version(void);

/* What was wrong with this thread's last call that failed, in one sentence; empty before the first. Holds until the next failure on
 * this thread. */
HANDMESH_API const char *handmesh_last_error(void);

/* Who hears what the library says; null for nobody. user is handed to every call. */
HANDMESH_API int32_t handmesh_set_log(handmesh_log log, void *user);

/* --- Estimators ------------------------------------------------------------------------------------------------------------- */

/* Opens a system: loads weights, compiles, allocates. options may be null. *estimator is null after a failure. handmesh_close. */
HANDMESH_API int32_t handmesh_open(const handmesh_options *options, handmesh_estimator **estimator);

/* Waits for calls that run, then releases everything. Null is fine. Results of it stay readable until they are freed. */
HANDMESH_API int32_t handmesh_close(handmesh_estimator *estimator);

/* What runs. */
HANDMESH_API int32_t handmesh_describe(handmesh_estimator *estimator, handmesh_description *description);

/* Mean times of every step since opening, as JSON with a closing zero; needs options.profile. *needed (may be null) becomes the
 * number of bytes; with text null or capacity too small nothing is written, and HANDMESH_BUFFER_TOO_SMALL returned. Not while predicting. */
HANDMESH_API int32_t handmesh_profile(handmesh_estimator *estimator, char *text, uint64_t capacity, uint64_t *needed);

/* --- Predictions ------------------------------------------------------------------------------------------------------------ */

/* Memory for the hands of one image, to be refilled by predictions of this estimator. handmesh_free_result. */
HANDMESH_API int32_t handmesh_create_result(handmesh_estimator *estimator, handmesh_result **result);

/* Null is fine. */
HANDMESH_API int32_t handmesh_free_result(handmesh_result *result);

/* Finds the hands of one still image. camera null guesses one (the flag HANDMESH_GUESSED_CAMERA says so); hints may be null. */
HANDMESH_API int32_t handmesh_predict(
    handmesh_estimator *estimator, const handmesh_image *image, const handmesh_camera *camera, const handmesh_hints *hints, handmesh_result *result);

/* Follows the hands of one video: faster, with ids, and with the hands' sizes learnt. handmesh_free_tracker. */
HANDMESH_API int32_t handmesh_create_tracker(handmesh_estimator *estimator, handmesh_tracker **tracker);

/* Takes the next frame. Hands are ordered by id. result: of the tracker's estimator. */
HANDMESH_API int32_t handmesh_track(handmesh_tracker *tracker, const handmesh_image *image, const handmesh_camera *camera, handmesh_result *result);

/* Forgets all hands: after a cut, or for another video. */
HANDMESH_API int32_t handmesh_reset_tracker(handmesh_tracker *tracker);

/* Null is fine. */
HANDMESH_API int32_t handmesh_free_tracker(handmesh_tracker *tracker);

/* --- Results ---------------------------------------------------------------------------------------------------------------- */

/* Number of hands that were found. */
HANDMESH_API int32_t handmesh_hand_count(handmesh_result *result, int32_t *count);

/* One hand, 0 to count - 1, best detection first. */
HANDMESH_API int32_t handmesh_get_hand(handmesh_result *result, int32_t index, handmesh_hand *hand);

/* The joints of one hand as poses, fitted on the first call after a prediction. */
HANDMESH_API int32_t handmesh_get_pose(handmesh_result *result, int32_t index, handmesh_pose *pose);

/* Draws depth, mask and finger parts of all hands that have a place; every pixel is written. camera null: the one of the prediction; else
 * one of upright frames of the buffers' size. Allocates nothing once it has seen a camera and as many hands; a new lens takes tens of
 * milliseconds. */
HANDMESH_API int32_t handmesh_draw_buffers(handmesh_result *result, const handmesh_camera *camera, const handmesh_buffers *buffers);

/* Where the time of the last prediction went. The array holds as long as pointers of hands do. */
HANDMESH_API int32_t handmesh_get_stages(handmesh_result *result, const handmesh_stage **stages, int32_t *count);

/* Writes the meshes: .glb, .obj or .ply. The file appears whole or not at all. */
HANDMESH_API int32_t handmesh_save(handmesh_result *result, const char *path);

/* Draws the hands over the image that they were found in, and from the side, into a PNG file. */
HANDMESH_API int32_t handmesh_draw(handmesh_result *result, const handmesh_image *image, const char *path);

/* --- Photos and cameras ----------------------------------------------------------------------------------------------------- */

/* Reads a JPEG or PNG file: upright pixels. handmesh_free_photo. */
HANDMESH_API int32_t handmesh_load_photo(const char *path, handmesh_photo **photo);

/* The same from the bytes of a file. */
HANDMESH_API int32_t handmesh_decode_photo(const void *file, uint64_t bytes, handmesh_photo **photo);

/* The frame, which holds until the photo is freed, and its camera, from EXIF or guessed. Either may be null. */
HANDMESH_API int32_t handmesh_get_photo(handmesh_photo *photo, handmesh_image *image, handmesh_camera *camera);

/* Null is fine. */
HANDMESH_API int32_t handmesh_free_photo(handmesh_photo *photo);

/* Square pixels, centred, with the full horizontal angle between the edges of the image. */
HANDMESH_API int32_t handmesh_camera_from_field_of_view(int32_t width, int32_t height, double degrees, handmesh_camera *camera);

/* A calibration file: ROS camera_info, OpenCV, Kalibr (docs/cameras.md). name: which of several cameras; null takes the first. */
HANDMESH_API int32_t handmesh_load_camera(const char *path, const char *name, int32_t width, int32_t height, handmesh_camera *camera);

#ifdef __cplusplus
}
#endif

#endif
