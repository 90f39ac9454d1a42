"""Training with torch, from nothing but a seed: the language models that are shipped with the book."""

from lstm_lib.training.language_model import (
    RECIPES,
    Recipe,
    TrainingDiverged,
    TrainingInterrupted,
    train,
    train_and_save,
)

__all__ = ["RECIPES", "Recipe", "TrainingDiverged", "TrainingInterrupted", "train", "train_and_save"]
