"""What is measured for speed and weight; `python -m benchmarks` prints it."""
