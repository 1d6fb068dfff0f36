"""Classes that contradict themselves or cannot be told apart."""
