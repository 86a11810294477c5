"""The node: images and cameras in, joint states out."""
from __future__ import annotations

import handmesh
import rclpy
from rclpy.node import Node
from rclpy.qos import qos_profile_sensor_data
from sensor_msgs.msg import CameraInfo, Image, JointState

from .conversion import camera_of, frame_of, joint_states


class HandNode(Node):
    """Follows the hands of one camera."""

    def __init__(self) -> None:
        super().__init__("handmesh")
        self._estimator = handmesh.Estimator(device=self.declare_parameter("device", "auto").value)
        self._tracker = self._estimator.create_tracker()
        self._result = self._estimator.create_result()
        self._camera = None
        self._publisher = self.create_publisher(JointState, "hand_joint_states", 10)
        self.create_subscription(CameraInfo, "camera_info", self._on_camera, qos_profile_sensor_data)
        self.create_subscription(Image, "image", self._on_image, qos_profile_sensor_data)
        self.get_logger().info(f"{self._estimator.system} on {self._estimator.device_description}")

    def _on_camera(self, info: CameraInfo) -> None:
        try:
            self._camera = camera_of(info)
        except ValueError as error:
            self.get_logger().warning(str(error), once=True)

    def _on_image(self, image: Image) -> None:
        try:
            hands = self._tracker.track(frame_of(image), self._camera, result=self._result)
        except (ValueError, handmesh.Error) as error:
            self.get_logger().error(str(error), throttle_duration_sec=5)
            return
        for names, positions in joint_states(hands):
            self._publisher.publish(JointState(header=image.header, name=names, position=positions))


def main() -> None:
    rclpy.init()
    node = HandNode()
    try:
        rclpy.spin(node)
    finally:
        node.destroy_node()
        rclpy.shutdown()


if __name__ == "__main__":
    main()
