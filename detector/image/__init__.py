"""What a picture shows: safe loading, views, hashes, keypoints, and comparison with marks."""
