"""Whether what rendered projects install is still fresh: newer, yanked, or at odds by now."""
