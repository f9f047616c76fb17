"""What keeps grading consistent: goldens, ratings and how well a judge agrees with them."""
